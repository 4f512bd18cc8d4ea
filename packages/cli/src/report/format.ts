/** `42 s`, `3 min 05 s`, `2 h 10 min`. */
export const duration = (seconds: number): string => {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
};

/** Steps a second, or seconds a step when it is slow. */
export const rate = (perSecond: number): string => {
  if (perSecond >= 100) return `${Math.round(perSecond)}/s`;
  return perSecond >= 1 ? `${perSecond.toFixed(1)}/s` : `${(1 / perSecond).toFixed(1)} s each`;
};

export const results = (n: number): string => `${n} ${n === 1 ? 'result' : 'results'}`;

/** What a visualizer says, with its name before it unless it has said that itself. */
export const inItsName = (visualizer: string, message: string): string =>
  message.startsWith(`${visualizer}: `) ? message : `${visualizer}: ${message}`;
