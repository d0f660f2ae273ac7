import { beyondTier, Problem, type Task, type Tier } from "@tabard/core"
import { argumentShapes, type PinnedTool, type PolicyText, quote } from "@tabard/policy"
import { limitCondition, pathArguments } from "./bounds/limit-condition.ts"
import { numbered, permitDoors, permitTool } from "./permit.ts"
import { effectGroups } from "./tiers.ts"

/** What of a task its policies are made from. */
export type TaskBounds = Pick<Task, "id" | "scope" | "expiresAt">

/**
 * Compiles a task to policies: the tools and the folder that the person chose, until it ends. The task's text is not read.
 *
 * @throws {Problem} manifest_invalid, where a chosen tool cannot be held to the folder.
 */
export function compileTask(task: TaskBounds, tools: readonly PinnedTool[]): PolicyText[] {
  const principal = `Tabard::Task::${quote(task.id)}`
  const conditions = [before(task.expiresAt)]
  const permits = task.scope.tools.map((name) => {
    const tool = tools.find((each) => each.server === task.scope.server && each.name === name)
    if (!tool)
      throw new Problem("tool_not_found", `the server ${task.scope.server} has no reviewed tool ${name}`)
    return permitTool({
      principal,
      tool,
      limits: folderLimits(task, tool),
      conditions,
      until: untilWords(task.expiresAt),
    })
  })
  return numbered(task.id, [permitDoors(principal, conditions), ...permits])
}

/** Whose side of a task is written, and how far it goes. */
export interface UserDefault {
  readonly task: Pick<Task, "id" | "onBehalfOf" | "expiresAt">
  readonly tier: Tier
}

/**
 * Writes the person's side of a task: what the tier allows, for this task, until it ends. An organisation may keep its own instead;
 * with none, nothing can be delegated.
 */
export function compileUserDefault({ task, tier }: UserDefault): PolicyText[] {
  const principal = `Tabard::User::${quote(task.onBehalfOf)}`
  const conditions = [
    "context.session has task",
    `context.session.task == Tabard::Task::${quote(task.id)}`,
    before(task.expiresAt),
  ]
  const beyond = beyondTier(tier)
  const say = `what the tier ${tier.name} allows, ${untilWords(task.expiresAt)}`
  const text = `@say(${quote(say)})
permit (principal == ${principal}, action in ${effectGroups(tier.reaches)}, resource)
when { ${conditions.join("\n  && ")} }${beyond.length > 0 ? `\nunless { action in ${effectGroups(beyond)} }` : ""};`
  return numbered(`${task.onBehalfOf}/${task.id}`, [permitDoors(principal, conditions), text])
}

/** Every path that a tool takes must lie in the folder; a tool that takes a path needs one. */
function folderLimits({ scope }: TaskBounds, tool: PinnedTool): ReturnType<typeof limitCondition>[] {
  const { folder } = scope
  const paths = pathArguments(tool)
  if (paths.length > 0 && folder === null) {
    throw new Problem("manifest_invalid", `${tool.name} works on files: choose a folder for it`)
  }
  // A folder that no argument is held to would be shown to people and bind nobody.
  if (folder !== null && paths.length === 0 && takesArguments(tool)) {
    throw new Problem(
      "manifest_invalid",
      `nobody has reviewed which arguments of ${tool.name} are paths, so it cannot be held to a folder: leave it out, or choose no folder`,
    )
  }
  return folder === null ? [] : paths.map((argument) => limitCondition(tool, argument, { under: folder }))
}

function takesArguments(tool: PinnedTool): boolean {
  const shapes = argumentShapes(tool)
  return "unjudgeable" in shapes || shapes.size > 0
}

function before(end: Date): string {
  return `context.session.now < datetime(${quote(end.toISOString())})`
}

function untilWords(end: Date): string {
  return `until ${end.toISOString()}`
}
