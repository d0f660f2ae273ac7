import type { Command } from "./command.ts"

/** Commands about observe mode: an agent is watched under its manifest before that is enforced. */
export const OBSERVE_COMMANDS: Readonly<Record<string, Command>> = {
  "observe start": {
    load: async () => (await import("./commands/observe.ts")).observeStart,
    takes: " AGENT --days N --reason WORDS",
    does: "let an agent do for some days what its own bounds would stop, and keep it",
  },
  "observe status": {
    load: async () => (await import("./commands/observe.ts")).observeStatus,
    takes: " AGENT",
    does: "whether an agent is observed, and until when",
  },
  "observe preview": {
    load: async () => (await import("./commands/observe.ts")).observePreview,
    takes: " AGENT",
    does: "what would break if its manifest, or a draft, were enforced",
  },
  "observe suggest": {
    load: async () => (await import("./commands/observe.ts")).observeSuggest,
    takes: " AGENT",
    does: "the smallest manifest that covers what was observed",
  },
  "observe rehearse": {
    load: async () => (await import("./commands/observe.ts")).observeRehearse,
    takes: " AGENT",
    does: "record that its bounds would have denied nothing",
  },
  "observe end": {
    load: async () => (await import("./commands/observe.ts")).observeEnd,
    takes: " AGENT --reason WORDS",
    does: "have an agent's bounds enforced again",
  },
}
