import type { EnforcementPointInput } from "@tabard/api"
import { boundFetch } from "@tabard/client"
import type { RunningServer } from "@tabard/server"
import { type GovernedAgent, governAgent } from "./governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "./running-tabard.ts"
import { makeShiftingServer } from "./shifting-server.ts"

/** An answer of the decision point. */
export interface AccessAnswer {
  readonly status: number
  readonly headers: Headers
  /** What it says, with members of any kind. */
  readonly body: Readonly<Record<string, unknown>>
}

/** How something is asked, where it is not as usual. */
export interface Asking {
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly text?: string
  readonly method?: string
}

/** A decision point with an application `library`, an agent, and enforcement points that ask about them. */
export interface AccessWorld extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly ann: SignedInPerson
  readonly agent: GovernedAgent
  /** Tokens: of the application's point, of the agents' point, of one that was registered for nobody. */
  readonly tokens: { readonly library: string; readonly agents: string; readonly unregistered: string }
  /** Asks at an address below the server's own. */
  ask(path: string, body: unknown, asking?: Asking): Promise<AccessAnswer>
  /** Asks as the agent itself, with its token and a proof. */
  askAsAgent(path: string, body: unknown): Promise<AccessAnswer>
  /** Registers a point and answers its token. */
  register(point: Omit<EnforcementPointInput, "apiToken">): Promise<string>
}

const SCHEMA = `namespace Library {
  entity shelf;
  entity reader { @from("caller") role?: String };
  entity book in [shelf] { closed: Bool, @from("caller") damaged?: Bool };
  action borrow, extend appliesTo {
    principal: [reader], resource: [book],
    context: { action: { weeks?: Long }, desk?: String }
  };
}`

const POLICIES = `
@id("readers") permit (principal, action == Library::Action::"borrow", resource) unless { resource.closed };
@id("staff")
@obligation("{\\"type\\":\\"notification\\",\\"properties\\":{\\"to\\":\\"desk\\",\\"body\\":\\"a closed book goes out\\"}}")
permit (principal, action == Library::Action::"borrow", resource)
when { principal has role && principal.role == "staff" && resource.closed };
@id("weeks") permit (principal, action == Library::Action::"extend", resource)
when { context.action has weeks && context.action.weeks <= 2 };
@id("damaged") @say("damaged books stay")
@obligation("{\\"type\\":\\"custom\\",\\"properties\\":{\\"action\\":\\"repair\\"}}")
forbid (principal, action, resource) when { resource has damaged && resource.damaged };
`

const books = Array.from({ length: 250 }, (_, n) => ({
  uid: { type: "book", id: `b${String(n).padStart(3, "0")}` },
  attrs: { closed: n % 2 === 1 },
  parents: [{ type: "shelf", id: "s" }],
}))
const READERS = ["ann", "bea"].map((id) => ({ uid: { type: "reader", id }, attrs: {}, parents: [] }))
const SHELF = { uid: { type: "shelf", id: "s" }, attrs: {}, parents: [] }

/** What the application `library` is made of: 250 books, of which every second is closed, and two readers. */
export const LIBRARY = { schema: SCHEMA, policies: POLICIES, entities: [SHELF, ...READERS, ...books] }

/** Makes one. */
export async function makeAccessWorld(options: Parameters<typeof runTabard>[0] = {}): Promise<AccessWorld> {
  await using stack = new AsyncDisposableStack()
  const tabard = stack.use(await runTabard(options))
  const { server } = tabard
  const ann = await signInFirst(server, "Ann")
  const upstream = stack.use(await makeShiftingServer())
  await ann.api.registerServer({ name: "notes", launch: upstream.launch })
  const agent = await governAgent(server, ann.api)
  await ann.api.putApplication({ name: "library", ...LIBRARY })
  await ann.api.putApplication({ name: "other", ...LIBRARY })
  const token = async (): Promise<{ id: string; token: string }> =>
    ann.api.makeApiToken({ purpose: "asks", role: "auditor", scopes: ["access:ask"] })
  const register: AccessWorld["register"] = async (point) => {
    const made = await token()
    await ann.api.registerEnforcementPoint({ ...point, apiToken: made.id })
    return made.token
  }
  const tokens = {
    library: await register({ name: "desk", kind: "forward-auth", applications: ["library"] }),
    agents: await register({ name: "hooks", kind: "hook", applications: ["agents"], subjects: [agent.id] }),
    unregistered: (await token()).token,
  }
  const opened = stack.move()
  return {
    tabard,
    ann,
    agent,
    tokens,
    register,
    ask: (path, body, asking) => asked(server, path, body, { token: tokens.library, ...asking }),
    askAsAgent: async (path, body) => {
      const bound = boundFetch(agent.credentials, { task: agent.task.id })
      return answerOf(
        await bound(`${server.publicUrl}${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      )
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function asked(
  { publicUrl }: RunningServer,
  path: string,
  ...[body, { token, headers, text, method = "POST" }]: [unknown, Asking]
): Promise<AccessAnswer> {
  const response = await fetch(`${publicUrl}${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(method === "POST" && { "content-type": "application/json" }),
      ...headers,
    },
    ...(method === "POST" && { body: text ?? JSON.stringify(body) }),
  })
  return answerOf(response)
}

async function answerOf(response: Response): Promise<AccessAnswer> {
  const { status, headers } = response
  const body: AccessAnswer["body"] = JSON.parse(await response.text())
  return { status, headers, body }
}
