import type { SettingSighting } from "../configurations/observation.ts"

/** Every name under which a fact about an agent in a CI workflow is told. */
export const WORKFLOW_SETTINGS = {
  /** An event that starts it: `issue_comment`. One each. */
  trigger: "ci.trigger",
  /** An event among them that somebody without any right in the repository can cause: `issues`. One each. */
  untrustedTrigger: "ci.untrusted-trigger",
  /** What stands between a stranger and the run: one of WORKFLOW_GUARDS. `none` is told where a stranger can start it. */
  guard: "ci.guard",
  /** An input that takes the action's own guard away: `allowed_non_write_users: *`. */
  guardOff: "ci.guard-off",
  /** What the run's token may write (`contents: write`, `write-all`), else one of WORKFLOW_TOKENS. One each. */
  token: "ci.token",
  /** How it gets credentials that live minutes: `identity token` (the run may ask for one), or the input that trades it. */
  federation: "ci.federation",
  /** How the action is named: `sha` stays what it is, `tag` and `branch` may become something else. */
  actionRef: "ci.action-ref",
  /** What is checked out beside the repository's own branch: `pull request head`. */
  checkout: "ci.checkout",
  /** The tools it may use unasked. */
  tools: "ci.tools",
  /** The mode it was given: `acceptEdits`, `workspace-write`. */
  mode: "ci.mode",
  /** A switch that ends all asking: `--dangerously-skip-permissions`. */
  unattended: "ci.unattended",
} as const

/** The name of a fact about an agent in a CI workflow. */
export type WorkflowSetting = (typeof WORKFLOW_SETTINGS)[keyof typeof WORKFLOW_SETTINGS]

/** What may stand between a stranger and a run. */
export const WORKFLOW_GUARDS = {
  /** The author is asked to be an owner, member or collaborator. */
  association: "author association",
  /** Somebody is named. */
  actor: "actor",
  /** A step or job before it looks up what the person may do. */
  check: "permission check",
  /** Only people with rights can label or assign. */
  chosen: "label or assignment",
  /** Forks are kept out. */
  ownBranch: "own branch",
  /** Only what was merged starts it. */
  merged: "merged",
  /** The action itself refuses people without write access. */
  action: "write access, which the action demands",
  none: "none",
} as const

/** What a run's token is where it is not told what it may write. */
export const WORKFLOW_TOKENS = {
  readOnly: "read only",
  unknown: "repository default",
} as const

/** Answers whether somebody without any right in the repository can make the agent run: by such an event, unguarded. */
export function startsForStrangers(settings: readonly Pick<SettingSighting, "setting" | "value">[]): boolean {
  return says(settings, WORKFLOW_SETTINGS.guard, (guard) => guard === WORKFLOW_GUARDS.none)
}

/** Answers whether the run's token may write to the repository; an identity token alone is not that. */
export function tokenWrites(settings: readonly Pick<SettingSighting, "setting" | "value">[]): boolean {
  return says(
    settings,
    WORKFLOW_SETTINGS.token,
    (token) => token !== WORKFLOW_TOKENS.readOnly && token !== WORKFLOW_TOKENS.unknown,
  )
}

function says(
  settings: readonly Pick<SettingSighting, "setting" | "value">[],
  name: WorkflowSetting,
  is: (value: string) => boolean,
): boolean {
  return settings.some(({ setting, value }) => setting === name && is(value))
}
