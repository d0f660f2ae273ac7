// npm run dev: all of Tabard in this process, in a temporary directory, with people, a machine and one agent at work.
// Everything is gone when it stops.
import { once } from "node:events"
import { makeMachine } from "./world/machine.ts"
import { runTabard } from "./world/running-tabard.ts"
import { seed, seedPeople } from "./world/seed.ts"

const port = Number(process.argv[2] ?? 7070)
await using machine = await makeMachine()
await using tabard = await runTabard({ scan: [machine.root], port })
const { agent, task, credentialsFile } = await seed(tabard, machine)
await seedPeople(tabard)

console.log(`Tabard for development, with Ann's machine in ${machine.root}

  Sign in once    ${await tabard.server.signInLink()}
  An agent        ${tabard.server.publicUrl}/agents/${agent.id}
  Let it work     npm run example -- --credentials ${credentialsFile} --task ${task.id} --folder ${machine.notes}

Stop with Ctrl-C; everything is forgotten then.`)
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")])
