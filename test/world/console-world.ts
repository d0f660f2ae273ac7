import { type BusyMachine, makeBusyMachine } from "./busy-machine.ts"
import { filesystemServer } from "./machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson } from "./running-tabard.ts"
import { seedPeople } from "./seed.ts"
import { seedBusy } from "./seed-busy.ts"

/** A Tabard with something on every page of its console, and the administrator who looks at it. */
export interface ConsoleWorld extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly machine: BusyMachine
  readonly ann: SignedInPerson
  addressOf(path: string): string
  /** Ann's session, as a browser keeps it. */
  cookie(): { readonly name: string; readonly value: string; readonly url: string }
}

/** Starts it: a machine with forty agents, one that reports, people, a server behind the gateway, API tokens. */
export async function openConsoleWorld(): Promise<ConsoleWorld> {
  await using starting = new AsyncDisposableStack()
  const machine = starting.use(await makeBusyMachine())
  const tabard = starting.use(await runTabard({ scan: [machine.root] }))
  const ann = await seedBusy(tabard)
  await seedPeople(tabard)
  await ann.api.registerServer({
    name: "notes",
    launch: { transport: "stdio", ...filesystemServer(machine.root) },
  })
  await seedTokens(ann)
  const resources = starting.move()
  const { publicUrl: url } = tabard.server
  return {
    tabard,
    machine,
    ann,
    addressOf: (path) => url + path,
    cookie() {
      const [name = "", value = ""] = ann.cookie().split("=")
      return { name, value, url }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function seedTokens({ api }: SignedInPerson): Promise<void> {
  await api.makeApiToken({ purpose: "Nightly export of the register", scopes: ["agents:read"], days: 90 })
  await api.makeApiToken({ purpose: "Weekly figures for the board", scopes: ["read"], days: 7 })
  const old = await api.makeApiToken({ purpose: "Trial of the dashboard", scopes: ["read"], days: 30 })
  await api.revokeApiToken({ id: old.id, reason: "the trial is over" })
}
