import type { ServerView, TaskOpening } from "@tabard/api"
import { useState } from "react"

const MINUTES = 30
const MINUTES_MAX = 1440

/** A task as it is being written. */
export interface TaskDraft {
  readonly text: string
  readonly server: ServerView
  readonly tools: ReadonlySet<string>
  readonly folder: string
  readonly minutes: number
}

/** Answers a draft on the first server and what changes it; another server brings its own tools and folder. */
export function useTaskDraft(first: ServerView): {
  draft: TaskDraft
  change: (part: Partial<Omit<TaskDraft, "server">>) => void
  chooseServer: (server: ServerView) => void
} {
  const [draft, setDraft] = useState<TaskDraft>({ text: "", minutes: MINUTES, ...boundsOn(first) })
  return {
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    chooseServer: (server) => setDraft((before) => ({ ...before, ...boundsOn(server) })),
  }
}

/** Answers what is asked of the server, or undefined while something is still missing. */
export function openingOf(agent: string, draft: TaskDraft): TaskOpening | undefined {
  const { text, server, tools, folder, minutes } = draft
  if (text.trim() === "" || tools.size === 0) return undefined
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_MAX) return undefined
  return { id: agent, text, server: server.id, tools: [...tools], folder: folder.trim() || null, minutes }
}

function boundsOn(server: ServerView): Pick<TaskDraft, "server" | "tools" | "folder"> {
  return { server, tools: new Set(), folder: server.roots[0] ?? "" }
}
