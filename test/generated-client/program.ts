import createClient from "openapi-fetch"
import type { components, paths } from "./schema.d.ts"

type AgentSummary = components["schemas"]["AgentSummary"]

const [baseUrl = "", token = ""] = process.argv.slice(2)
const api = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } })

/** Every agent, page by page. */
async function everyAgent(): Promise<readonly AgentSummary[]> {
  const all: AgentSummary[] = []
  let after: string | undefined
  do {
    const { data, error } = await api.GET("/agents", {
      params: { query: { limit: 2, ...(after !== undefined && { after }) } },
    })
    if (error) throw new Error(`${error.code}: ${error.detail}`)
    all.push(...data.items)
    after = data.next ?? undefined
  } while (after !== undefined)
  return all
}

/** Enters one agent, twice under one name of the write: the second time nothing is done. */
async function enterOne(name: string): Promise<string> {
  const write = {
    params: { header: { "Idempotency-Key": "enter-once" } },
    body: { name, category: "production", environment: null },
  } as const
  const first = await api.POST("/agents", write)
  const again = await api.POST("/agents", write)
  if (first.error || again.error) throw new Error(first.error?.detail ?? again.error?.detail)
  if (first.data.id !== again.data.id) throw new Error("the agent was entered twice")
  return first.data.id
}

/** How an agent that is not there is refused. */
async function refusal() {
  const { error, response } = await api.GET("/agents/{id}", { params: { path: { id: "agt_none" } } })
  return response.status === 404 ? error : undefined
}

const before = await everyAgent()
const entered = await enterOne("Entered by a generated client")
const imported = await api.POST("/register", {
  body: { csv: "name,category\nImported by a generated client,chatbot\n", apply: true },
})
const problem = await refusal()

process.stdout.write(
  JSON.stringify({
    before: before.map(({ name, state }) => ({ name, state })),
    after: (await everyAgent()).map(({ name }) => name),
    entered,
    imported: imported.data?.entered ?? imported.error,
    problem: problem && { status: problem.status, code: problem.code, detail: problem.detail },
  }),
)
