import type { ClientAnswerView } from "@tabard/api"
import type { RunningServer } from "@tabard/server"
import type { Person } from "./people.ts"

/** A person's browser, as far as a client's request goes: cookies, one redirect at a time, and the console's own questions. */
export interface PersonBrowser {
  /** Goes to an address, and answers where it leads and what it said. */
  visit(url: string | URL): Promise<{ readonly status: number; readonly next: URL | undefined }>
  /** Begins a client's request, and answers the id under which the console shows it. */
  begin(authorize: string | URL): Promise<string>
  /** Answers the request as the console does. */
  answer(id: string, agree: boolean): Promise<ClientAnswerView>
  /** Goes all the way with a yes, and answers where the client's own page is reached. */
  agree(authorize: string | URL): Promise<URL>
}

/** Opens the browser of somebody who is signed in; of nobody where no person is named. */
export function personBrowser(
  { publicUrl }: Pick<RunningServer, "publicUrl">,
  person?: Pick<Person, "cookie">,
): PersonBrowser {
  const jar = new Map<string, string>(person ? [pairOf(person.cookie)] : [])
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join("; ")
  const visit: PersonBrowser["visit"] = async (url) => {
    const response = await fetch(url, { redirect: "manual", headers: { cookie: cookies() } })
    for (const set of response.headers.getSetCookie()) jar.set(...pairOf(set.split(";", 1)[0] ?? ""))
    await response.body?.cancel()
    const location = response.headers.get("location")
    return { status: response.status, next: location === null ? undefined : new URL(location, url) }
  }
  const begin: PersonBrowser["begin"] = async (authorize) => {
    const { status, next } = await visit(authorize)
    const [, id] = /^\/consent\/([\w-]+)$/.exec(next?.pathname ?? "") ?? []
    if (id === undefined || id === "refused") throw new Error(`it led to ${next?.href} with ${status}`)
    return id
  }
  const answer: PersonBrowser["answer"] = async (id, agree) => {
    const response = await fetch(`${publicUrl}/api/v1/client-requests/${id}/answer`, {
      method: "POST",
      headers: { cookie: cookies(), "x-tabard": "1", "content-type": "application/json" },
      body: JSON.stringify({ agree }),
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    const answered: ClientAnswerView = JSON.parse(await response.text())
    return answered
  }
  return {
    visit,
    begin,
    answer,
    async agree(authorize) {
      const { continueAt, request } = await answer(await begin(authorize), true)
      if (continueAt === null) throw new Error(`nothing came of the yes: ${request?.why}`)
      const { next } = await visit(continueAt)
      if (!next) throw new Error("it leads nowhere")
      return next
    },
  }
}

function pairOf(cookie: string): [string, string] {
  const at = cookie.indexOf("=")
  return [cookie.slice(0, at), cookie.slice(at + 1)]
}
