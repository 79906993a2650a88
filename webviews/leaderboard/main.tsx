import type {
  LeaderboardHost,
  LeaderboardPage,
  LeaderboardState,
} from '../../src/protocol/leaderboardPage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { Leaderboard } from './view';

let version = 0;

mountPage<LeaderboardHost, LeaderboardPage, LeaderboardState, number>({
  // The board is asked for with what the user chose, which only the view knows.
  read: async () => ++version,
  serve: (refresh) => ({ boardChanged: refresh }),
  View: Leaderboard,
});
