import type { ApiTokenView } from "@tabard/api"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useNow } from "../../data/clock-context.ts"
import { dayOf, exactTime } from "../../words/time.ts"
import { ROLE_WORDS } from "../people/role-words.ts"
import { RevokeToken } from "./revoke-token.tsx"
import { scopesTold } from "./scope-words.ts"
import { tokenStanding } from "./token-standing.ts"

const REFRESH_MS = 60_000

/** How a token's line is laid out. */
export const TOKEN_GRID =
  "grid items-center gap-x-4 gap-y-1 px-3 md:grid-cols-[minmax(0,1.6fr)_7rem_minmax(0,1fr)_minmax(0,1fr)_6rem]"

/** One token: what it is for and may do, whose it is, whether it works, and when it last did. */
export function TokenRow({ token, withMaker }: { token: ApiTokenView; withMaker: boolean }): ReactNode {
  const standing = tokenStanding(token, useNow(REFRESH_MS))
  return (
    <>
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere">
          <Said text={token.purpose} />
        </span>
        <span className="block text-small text-pretty wrap-anywhere text-faint">
          {ROLE_WORDS[token.role]}: {scopesTold(token.scopes)}
        </span>
      </span>
      <Mark icon={standing.icon} tone={standing.tone}>
        {standing.words}
      </Mark>
      <span className="min-w-0 text-small">
        {token.revokedAt === null ? (
          <span title={exactTime(token.expiresAt)}>until {dayOf(token.expiresAt)}</span>
        ) : (
          <Moment at={token.revokedAt} />
        )}
        <span className="block truncate text-faint">
          made <Moment at={token.madeAt} />
          {withMaker && (
            <>
              {" "}
              by <Said text={token.madeBy.name} />
            </>
          )}
        </span>
      </span>
      <span className="text-small text-soft">
        {token.lastUsedAt === null ? (
          <span className="text-faint">Never used</span>
        ) : (
          <>
            used <Moment at={token.lastUsedAt} />
          </>
        )}
      </span>
      <span className="md:text-right">{standing.live && <RevokeToken token={token} />}</span>
    </>
  )
}
