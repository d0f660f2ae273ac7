import type { TaskView } from "@tabard/api"
import { closeTask, openTask } from "@tabard/control"
import { isId, Problem, type Task } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { namesOf } from "../views/names.ts"
import { taskView } from "../views/task-view.ts"

/** Opening and closing tasks. */
export function taskHandlers(services: ApiServices): Pick<Handlers, "openTask" | "closeTask"> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    openTask: async ({ user }, { id, text, server, tools, folder, minutes, budget }) => {
      if (!isId("server", server))
        throw new Problem("server_not_found", "choose a server that stands behind the gateway")
      const task = await openTask(deps, user, {
        agent: id,
        text,
        minutes,
        budget,
        scope: { server, tools, folder },
      })
      return shown(services, task)
    },
    closeTask: async ({ user }, { id }) => shown(services, await closeTask(deps, user, id)),
  }
}

async function shown({ shelf, clock }: ApiServices, task: Task): Promise<TaskView> {
  const names = await shelf.snapshot((tx) => namesOf(tx, { people: [task.onBehalfOf] }))
  return taskView(task, names, clock.now())
}
