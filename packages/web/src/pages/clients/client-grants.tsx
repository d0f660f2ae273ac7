import type { ClientGrantView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useClientGrants, useEndClientGrant } from "../../data/clients-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"

/** What people let clients do in their name: one's own, or everybody's. Each is ended here. */
export function ClientGrants({ ofEverybody = false }: { ofEverybody?: boolean }): ReactNode {
  const { user } = useSignedIn()
  return (
    <Loaded
      reading={readingOf(useClientGrants())}
      what="The clients that are signed in"
      loading={<SkeletonLines lines={2} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ items }) => {
        const shown = ofEverybody ? items : items.filter((grant) => grant.user.id === user.id)
        if (shown.length === 0) return <NobodySignedIn />
        return (
          <Frame>
            <ul aria-label="Clients that are signed in">
              {shown.map((grant) => (
                <li key={grant.id} className="border-b last:border-b-0">
                  <GrantRow grant={grant} tellsWho={ofEverybody} mayEnd={mayEnd(user, grant)} />
                </li>
              ))}
            </ul>
          </Frame>
        )
      }}
    </Loaded>
  )
}

function mayEnd(user: { id: string; role: string }, grant: ClientGrantView): boolean {
  return grant.user.id === user.id || user.role === "administrator" || user.role === "security"
}

function NobodySignedIn(): ReactNode {
  return (
    <Frame>
      <EmptyFace title="No client is signed in">
        An MCP client that asks for this organisation’s servers sends its person here, to say yes or no.
      </EmptyFace>
    </Frame>
  )
}

function GrantRow(props: { grant: ClientGrantView; tellsWho: boolean; mayEnd: boolean }): ReactNode {
  const { id, user, name, client, agent, agreedAt, lastUsedAt } = props.grant
  const { mutate, isPending, error } = useEndClientGrant()
  return (
    <div className="relative grid gap-x-6 gap-y-1 px-3 py-3 md:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_6rem]">
      <div className="min-w-0 max-md:pr-24">
        <p className="font-medium wrap-anywhere">
          <Said text={name} />
        </p>
        <p className="text-small wrap-anywhere text-faint">
          <Said text={client} />
        </p>
      </div>
      <p className="min-w-0 text-small text-soft">
        as{" "}
        <Link to="/agents/$id" params={{ id: agent.id }} className="text-accent hover:underline">
          <Said text={agent.name} />
        </Link>
        {props.tellsWho && (
          <>
            , for <Said text={user.name} />
          </>
        )}
      </p>
      <p className="text-small text-faint">
        since <Moment at={agreedAt} />
        {lastUsedAt !== null && (
          <>
            , last used <Moment at={lastUsedAt} />
          </>
        )}
      </p>
      <div className="max-md:absolute max-md:top-2.5 max-md:right-2.5 md:text-right">
        {props.mayEnd && (
          <Button size="small" look="quiet" busy={isPending} onClick={() => mutate(id)}>
            Sign it out
          </Button>
        )}
      </div>
      <div className="md:col-span-4 empty:hidden">
        <ProblemNote error={error} />
      </div>
    </div>
  )
}
