import { setTimeout as sleep } from 'node:timers/promises';

/** The fates of a request, each with its share in percent. */
const fates = {
  passes: 45,
  'request-lost': 15,
  'answer-lost': 15,
  'sent-twice': 8,
  'sent-again-later': 8,
  'given-up': 9,
} as const;
export type Fate = keyof typeof fates;
export const allFates = Object.keys(fates) as Fate[];

/** A request that reached the server, whether or not its sender got the answer. */
export interface Delivery {
  sent: string;
  status: number;
  answer: string;
  /** When the request was sent to the server, and when the answer had come, in ms since 1970. */
  from: number;
  until: number;
}

/** A network between a device and the server that loses requests and answers, and delivers some requests twice, at once or much later. */
export class UnreliableNetwork {
  readonly met = new Map<Fate, number>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly random: () => number,
    private readonly onDelivered: (delivery: Delivery) => void,
  ) {}

  /** Replaces Node's `fetch`, and rejects as that does. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const sent = await request.text();
    const deliver = () => this.track(this.deliver(request, sent));
    const fate = this.fate();
    this.met.set(fate, (this.met.get(fate) ?? 0) + 1);
    switch (fate) {
      case 'passes':
        return deliver();
      case 'request-lost':
        await this.wait(20);
        throw new TypeError('the request was lost');
      case 'answer-lost':
        await deliver();
        throw new TypeError('the answer was lost');
      case 'sent-twice': {
        const [first] = await Promise.all([deliver(), deliver()]);
        return first;
      }
      case 'sent-again-later': {
        const answer = await deliver();
        void this.track(this.wait(400).then(deliver));
        return answer;
      }
      case 'given-up':
        void deliver();
        await this.wait(30);
        throw new TypeError('no answer in time');
    }
  };

  /** Resolves when no delivery is in progress any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async deliver({ url, method, headers }: Request, body: string): Promise<Response> {
    await this.wait(15);
    const from = Date.now();
    const response = await fetch(url, { method, headers, body });
    const answer = await response.clone().text();
    this.onDelivered({ sent: body, status: response.status, answer, from, until: Date.now() });
    return response;
  }

  private track<Result>(work: Promise<Result>): Promise<Result> {
    const noted = work.finally(() => this.underWay.delete(noted));
    this.underWay.add(noted);
    return noted;
  }

  private wait(maxMs: number): Promise<void> {
    return sleep(this.random() * maxMs);
  }

  private fate(): Fate {
    let left = this.random() * 100;
    for (const [fate, share] of Object.entries(fates)) if ((left -= share) < 0) return fate as Fate;
    return 'passes';
  }
}
