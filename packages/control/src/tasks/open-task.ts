import { type Id, newId, Problem, type Task, type TaskBudget, type TaskScope } from "@tabard/core"
import { compileTask, compileUserDefault, taskBudgetsOf } from "@tabard/intent"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { fitEvent } from "../audit/event/fit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import { requireTier } from "../policies/tiers-in-force.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { requireActiveAgent } from "../tokens/require-active-agent.ts"
import type { Transact } from "../transaction.ts"

export interface OpenTaskDeps extends RecordContext {
  readonly transact: Transact<
    "agents" | "organisation" | "outbox" | "policies" | "servers" | "tasks" | "users"
  >
}

/** What a person lets an agent do for them, and for how long. */
export interface TaskRequest {
  readonly agent: string
  readonly text: string
  readonly scope: TaskScope
  readonly minutes: number
  /** How much it may do in all, where the person says so. */
  readonly budget?: TaskBudget | undefined
}

/**
 * Opens a bounded run. The person's own choices of server, tools and folder compile to policies; their text is kept as
 * what they said and obeyed by nothing. The run serves whoever opens it.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_not_active, tool_not_found, manifest_invalid
 */
export async function openTask(deps: OpenTaskDeps, by: Caller, request: TaskRequest): Promise<Task> {
  return deps.transact(async (tx) => {
    const { id, owner } = await findAgent(tx.agents, request.agent)
    assertAnswersFor(by, owner)
    const { mandate } = await requireActiveAgent(tx, id, deps.clock.now())
    const task = newTask(deps, id, by, request)
    const tools = (await tx.servers.pinned(request.scope.server)).map(pinnedTool)
    if (tools.length === 0)
      throw new Problem("server_not_found", "choose a server that stands behind the gateway")

    await tx.tasks.insert(task)
    const author = by.id
    await putPolicies(deps, tx, {
      kind: "task",
      subject: task.id,
      author,
      policies: compileTask(task, tools),
      budgets: taskBudgetsOf(request.budget ?? {}),
    })
    if (!(await tx.policies.current("user", by.id))) {
      const policies = compileUserDefault({ task, tier: await requireTier(tx, mandate.tier) })
      await putPolicies(deps, tx, { kind: "user", subject: task.id, author, policies })
    }
    await tx.organisation.bumpVersion()
    await recordOpening(deps, tx, { task, owner, budget: request.budget })
    return task
  })
}

function newTask({ clock }: RecordContext, agent: Id<"agent">, by: Caller, request: TaskRequest): Task {
  const now = clock.now()
  return {
    id: newId("task", clock),
    agent,
    text: request.text,
    opener: { kind: "user", user: by.id },
    onBehalfOf: by.id,
    scope: request.scope,
    openedAt: now,
    expiresAt: new Date(now.getTime() + request.minutes * 60_000),
    closedAt: null,
  }
}

async function recordOpening(
  deps: OpenTaskDeps,
  { outbox }: Pick<Parameters<Parameters<OpenTaskDeps["transact"]>[0]>[0], "outbox">,
  {
    task,
    owner,
    budget: { calls, spend } = {},
  }: { readonly task: Task; readonly owner: Id<"user"> | null } & Pick<TaskRequest, "budget">,
): Promise<void> {
  const { told, left } = fitEvent(task.scope.tools)
  await recordEvent(deps, outbox, {
    type: "task.opened",
    actor: { kind: "user", id: task.onBehalfOf },
    agent: task.agent,
    task: task.id,
    owner,
    onBehalfOf: task.onBehalfOf,
    resource: task.scope.server,
    data: {
      text: task.text,
      tools: told,
      ...(left > 0 && { moreTools: left }),
      folder: task.scope.folder,
      expiresAt: task.expiresAt.toISOString(),
      ...((calls !== undefined || spend) && { budget: { calls, spend: spend && { ...spend } } }),
    },
  })
}
