/** The cookie that carries the refresh token. */
import type { CookieOptions, Request, Response } from 'express'

const authPath = '/api/v1/auth'
const thirtyDaysMs = 30 * 24 * 60 * 60 * 1000

/** On HTTPS the `__Host-` prefix keeps other hosts from planting the cookie; it demands the path `/`. Over HTTP the path binds it instead. */
const nameOf = (secure: boolean) => (secure ? '__Host-mortise-refresh' : 'mortise-refresh')
const optionsOf = (secure: boolean): CookieOptions => ({ httpOnly: true, sameSite: 'strict', secure, path: secure ? '/' : authPath })

/** The token of a request to the auth addresses; elsewhere the cookie authenticates nothing, whatever the browser sends. */
export function readRefreshCookie(req: Request, secure: boolean): string | undefined {
  if (!req.originalUrl.startsWith(`${authPath}/`)) return undefined
  const name = `${nameOf(secure)}=`
  const pair = (req.headers.cookie ?? '').split(/; */).find((text) => text.startsWith(name))
  return pair?.slice(name.length)
}

export const setRefreshCookie = (res: Response, token: string, secure: boolean) =>
  void res.cookie(nameOf(secure), token, { ...optionsOf(secure), maxAge: thirtyDaysMs })

export const clearRefreshCookie = (res: Response, secure: boolean) => void res.clearCookie(nameOf(secure), optionsOf(secure))
