/** A type for the part of oidc-provider 9 that its types leave out. */
declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  import type { AdapterFactory } from 'oidc-provider';

  /** Keeps all that a provider knows in memory. */
  export const createMemoryAdapter: (clockToleranceSeconds?: number) => AdapterFactory;
}
