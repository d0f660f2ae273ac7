import type { ApiTokenView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame } from "../../components/page.tsx"
import { useApiTokens } from "../../data/api-tokens-query.ts"
import { useClock } from "../../data/clock-context.ts"
import { count } from "../../words/count.ts"
import { MakeTokenDialog } from "./make-token-dialog.tsx"
import { TOKEN_GRID, TokenRow } from "./token-row.tsx"
import { tokenStanding } from "./token-standing.ts"

/** The tokens of one person or of everybody: those that work, and, unfolded, those that are over. */
export function TokenList({ madeBy }: { madeBy: string | undefined }): ReactNode {
  const [making, setMaking] = useState(false)
  const make = (
    <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
      Make a token
    </Button>
  )
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-pretty text-soft">
          A token lets a machine ask the API in the name of the person who made it, for what it was made for
          and no longer than it says. Of the token itself only a hash is kept. What can be asked for stands in{" "}
          <ApiPages />.
        </p>
        {make}
      </div>
      <Loaded
        reading={readingOf(useApiTokens())}
        what="The tokens"
        loading={<SkeletonLines lines={4} />}
        isEmpty={({ items }) => ofPerson(items, madeBy).length === 0}
        empty={
          <Frame>
            <EmptyFace title="There is no token yet">
              The command line and scripts ask with one; the console itself needs none.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => <Tokens tokens={ofPerson(items, madeBy)} withMaker={madeBy === undefined} />}
      </Loaded>
      {making && <MakeTokenDialog onClose={() => setMaking(false)} />}
    </>
  )
}

/** The pages that the server makes of its own table of operations: no route of the console. */
function ApiPages(): ReactNode {
  return (
    <a href="/api/v1/docs" target="_blank" rel="noreferrer" className="text-accent underline">
      the description of the API
    </a>
  )
}

function ofPerson(tokens: readonly ApiTokenView[], person: string | undefined): readonly ApiTokenView[] {
  return tokens.filter(({ madeBy }) => person === undefined || madeBy.id === person)
}

function Tokens(props: { tokens: readonly ApiTokenView[]; withMaker: boolean }): ReactNode {
  const [allShown, setAllShown] = useState(false)
  const now = useClock()()
  const over = props.tokens.filter((token) => !tokenStanding(token, now).live)
  const shown = allShown ? props.tokens : props.tokens.filter((token) => !over.includes(token))
  return (
    <Frame>
      <ul aria-label="API tokens">
        {shown.map((token) => (
          <li key={token.id} className={`min-h-12 border-b py-2 last:border-b-0 ${TOKEN_GRID}`}>
            <TokenRow token={token} withMaker={props.withMaker} />
          </li>
        ))}
      </ul>
      {over.length > 0 && !allShown && (
        <div className={`px-1 py-1 ${shown.length > 0 ? "border-t" : ""}`}>
          <Button look="quiet" size="small" onClick={() => setAllShown(true)}>
            Show {count(over.length, "token")} that {over.length === 1 ? "is" : "are"} over
          </Button>
        </div>
      )}
    </Frame>
  )
}
