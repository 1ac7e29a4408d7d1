import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** How late this process comes to what waits for it, in milliseconds: 99 of 100 times no more than the first, and never than the second. */
export interface EventLoopDelay {
  p99Ms: number;
  maxMs: number;
}

const resolutionMs = 10;
const windowMs = 60_000;

/** Measures the delay of this process's event loop over the last minute or two. */
@Injectable()
export class EventLoopWatch implements OnModuleDestroy {
  private readonly histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  private lastWindow: EventLoopDelay = { p99Ms: 0, maxMs: 0 };
  private readonly timer = setInterval(() => this.beginWindow(), windowMs).unref();

  constructor() {
    this.histogram.enable();
  }

  read(): EventLoopDelay {
    const { p99Ms, maxMs } = this.thisWindow();
    return { p99Ms: Math.max(p99Ms, this.lastWindow.p99Ms), maxMs: Math.max(maxMs, this.lastWindow.maxMs) };
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.histogram.disable();
  }

  private beginWindow(): void {
    this.lastWindow = this.thisWindow();
    this.histogram.reset();
  }

  private thisWindow(): EventLoopDelay {
    if (this.histogram.count === 0) return { p99Ms: 0, maxMs: 0 };
    return { p99Ms: lateness(this.histogram.percentile(99)), maxMs: lateness(this.histogram.max) };
  }
}

/** What is measured, in nanoseconds, is the time between two ticks of a timer. */
const lateness = (betweenTicks: number): number =>
  Math.max(0, Math.round(betweenTicks / 1_000_000 - resolutionMs));
