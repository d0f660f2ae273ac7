import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import type { PagedList } from "../../data/reach-query.ts"
import { count } from "../../words/count.ts"

/** What every list of seen things tells of each. */
interface SeenThing {
  readonly id: string
  readonly agents: readonly { readonly id: string; readonly name: string }[]
  readonly agentCount: number
  readonly lastSeen: string
  readonly vanishedAt: string | null
}

/** A list of seen things with its faces: what it is, who uses it, when it was seen. */
export function SeenList<Item extends SeenThing>(props: {
  list: PagedList<Item>
  /** As the subject of a sentence, and as the name of the list. */
  what: string
  name: string
  empty: string
  children: (item: Item) => ReactNode
}): ReactNode {
  const { list } = props
  return (
    <Loaded
      reading={{ ...list, data: list.isPending || list.updatedAt === 0 ? undefined : list.items }}
      what={props.what}
      loading={<SkeletonLines lines={8} />}
      isEmpty={(items) => items.length === 0}
      empty={<EmptyFace title="None was seen yet">{props.empty}</EmptyFace>}
      partial={() => null}
    >
      {(items) => (
        <>
          <Frame>
            <ul aria-label={props.name}>
              {items.map((item) => (
                <li
                  key={item.id}
                  className={`grid gap-x-6 gap-y-1 border-b px-3 py-2 last:border-b-0 md:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_6rem] ${item.vanishedAt === null ? "" : "text-faint"}`}
                >
                  {props.children(item)}
                  <UsedBy thing={item} />
                  <span className="text-small text-faint md:text-right">
                    {item.vanishedAt === null ? <Moment at={item.lastSeen} short /> : "not there any more"}
                  </span>
                </li>
              ))}
            </ul>
          </Frame>
          {list.more && (
            <div className="flex justify-center py-4">
              <Button busy={list.readingMore} onClick={list.more}>
                Show more than {count(items.length, "row")}
              </Button>
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}

const NAMED = 4

function UsedBy({ thing: { agents, agentCount } }: { thing: SeenThing }): ReactNode {
  if (agentCount === 0) return <span className="text-faint">No agent uses it</span>
  const shown = agents.slice(0, NAMED)
  return (
    <span className="min-w-0">
      <span className={`block ${agentCount > 1 ? "font-medium" : "sr-only"}`}>
        {count(agentCount, "agent")}
      </span>
      <span className="flex min-w-0 flex-wrap gap-x-2">
        {shown.map(({ id, name }) => (
          <Link
            key={id}
            to="/agents/$id"
            params={{ id }}
            search={{ tab: "access" }}
            className="max-w-full truncate text-accent hover:underline"
          >
            <Said text={name} />
          </Link>
        ))}
        {agentCount > shown.length && (
          <span className="text-faint">and {agentCount - shown.length} more</span>
        )}
      </span>
    </span>
  )
}
