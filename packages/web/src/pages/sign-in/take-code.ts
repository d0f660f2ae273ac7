/** The parts of a window that the code is taken from. */
export interface Address {
  readonly location: { readonly pathname: string; readonly hash: string }
  readonly history: { replaceState(data: unknown, unused: string, url: string): void }
}

const CODE_MAX = 64

/**
 * Takes the one-time code out of the address and removes it there at once: what stays in the address is copied,
 * bookmarked and shown on shared screens.
 */
export function takeCode({ location, history }: Address): string | undefined {
  if (location.pathname !== "/sign-in") return undefined
  const code = decodeURIComponentOrNothing(location.hash.slice(1))
  if (location.hash) history.replaceState(null, "", "/sign-in")
  return code && code.length <= CODE_MAX ? code : undefined
}

function decodeURIComponentOrNothing(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
