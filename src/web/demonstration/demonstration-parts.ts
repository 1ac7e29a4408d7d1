import { Injectable, type ModuleMetadata, type OnModuleDestroy } from '@nestjs/common';
import { DemonstrationController } from './demonstration.controller.js';
import { Simulation } from './simulation.js';

/** Stops the simulation with the server, before anything that it writes into is closed. */
@Injectable()
class SimulationEnd implements OnModuleDestroy {
  constructor(private readonly simulation: Simulation) {}

  onModuleDestroy(): Promise<void> {
    return this.simulation.stop();
  }
}

/** What the pages have besides in the demo: the simulation, by which the board shows its bar, and the routes of the bar's buttons. */
export const demonstrationParts = (
  simulation: Simulation,
): Required<Pick<ModuleMetadata, 'controllers' | 'providers'>> => ({
  controllers: [DemonstrationController],
  providers: [{ provide: Simulation, useValue: simulation }, SimulationEnd],
});
