/** A browser as far as signing in goes: a jar of cookies for each host and port, and redirects one at a time. */
export interface TestBrowser {
  /** Asks for an address, and answers the response with where it leads. */
  visit(url: string | URL): Promise<Visited>
  /** Answers the cookies that it would send to an address. */
  cookie(url: URL): string
  /** Goes on until an address below `end`, which is answered and not visited. */
  travel(from: string | URL, end: string): Promise<URL>
}

/** What a visit came to. */
export interface Visited {
  readonly status: number
  readonly next: URL | undefined
  readonly cookies: readonly string[]
  readonly text: string
}

/** The most redirects that a sign-in takes. */
const MOST = 12

/** Opens one without cookies. */
export function testBrowser(): TestBrowser {
  const jars = new Map<string, Map<string, string>>()
  const cookieFor = ({ host }: URL): string =>
    [...(jars.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ")
  const visit = async (to: string | URL): Promise<Visited> => {
    const url = new URL(to)
    const jar = jars.get(url.host) ?? new Map<string, string>()
    jars.set(url.host, jar)
    const response = await fetch(url, { redirect: "manual", headers: { cookie: cookieFor(url) } })
    const cookies = response.headers.getSetCookie()
    for (const set of cookies) {
      const [pair = ""] = set.split(";", 1)
      const at = pair.indexOf("=")
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get("location")
    const next = location === null ? undefined : new URL(location, url)
    return { status: response.status, next, cookies, text: await response.text() }
  }
  return {
    visit,
    cookie: cookieFor,
    async travel(from, end) {
      let at = new URL(from)
      for (let left = MOST; left > 0; left -= 1) {
        if (at.href.startsWith(end)) return at
        const { next, status, text } = await visit(at)
        if (!next) throw new Error(`${at.href} leads nowhere: ${status} ${text.slice(0, 300)}`)
        at = next
      }
      throw new Error("the redirects do not end")
    },
  }
}
