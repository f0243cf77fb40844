/** Limits that count and refuse nobody: a suite makes more calls in a minute than people do. Tests of the limits set their own. */
export const roomyLimits = Object.fromEntries(
  ['ADDRESS', 'SIGN_IN', 'REFRESH', 'USER', 'ORGANIZATION', 'INVITATIONS'].map((name) => [`RATE_LIMIT_${name}`, '1000000']),
)
