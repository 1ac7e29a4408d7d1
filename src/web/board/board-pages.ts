import { BoardController } from './board.controller.js';
import { ReadForecast } from './forecast/read-forecast.js';
import { LiveBoard } from './live-board.js';
import { ReadBoard } from './read-board.js';
import { ReadCategories } from './read-categories.js';

export const boardControllers = [BoardController];
export const boardProviders = [ReadBoard, ReadCategories, ReadForecast, LiveBoard];
