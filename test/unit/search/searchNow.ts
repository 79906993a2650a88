/** When the searches of tests are asked: a Thursday, at noon in UTC. */
export const searchNowMs = Date.UTC(2025, 10, 27, 12);
