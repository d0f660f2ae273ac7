import type { ServerView } from "@tabard/api"

/** One tool of a server, as a column of the picture. */
export interface CoverageColumn {
  readonly server: string
  readonly serverName: string
  readonly tool: string
  /** Whether it is the first of its server. */
  readonly isFirst: boolean
}

/** As many tools as one picture shows; of more, one server's at a time. */
export const MOST_COLUMNS = 60

/** Answers the tools that are shown beside each other: those of one server, or of all as long as those are few enough. */
export function columnsOf(
  servers: readonly ServerView[],
  chosen: string | undefined,
): readonly CoverageColumn[] {
  const all = servers.flatMap(toColumns)
  if (chosen !== undefined) return all.filter(({ server }) => server === chosen)
  if (all.length <= MOST_COLUMNS) return all
  return all.filter(({ server }) => server === all[0]?.server)
}

/** Answers the one server whose tools alone are shown because all are too many, or undefined where nothing is left out. */
export function onlyServer(servers: readonly ServerView[], chosen: string | undefined): string | undefined {
  const many = servers.reduce((sum, { tools }) => sum + tools.length, 0)
  return chosen === undefined && many > MOST_COLUMNS ? columnsOf(servers, chosen)[0]?.serverName : undefined
}

function toColumns({ id, name, tools }: ServerView): readonly CoverageColumn[] {
  return tools.map((tool, at) => ({ server: id, serverName: name, tool: tool.name, isFirst: at === 0 }))
}
