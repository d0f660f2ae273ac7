import type { ApiTokenView } from "@tabard/api"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useApiTokens } from "../../data/api-tokens-query.ts"
import { useNow } from "../../data/clock-context.ts"
import { dayOf, exactTime } from "../../words/time.ts"
import { RevokeToken } from "./revoke-token.tsx"
import { tokenStanding } from "./token-standing.ts"

const REFRESH_MS = 60_000

interface PurposeTokensProps {
  readonly scope: string
  /** What they are called, as in "The tokens for SCIM". */
  readonly what: string
  /** What is said where none works. */
  readonly none: string
}

/** The tokens that are for one thing alone and work, and when each was last used. */
export function PurposeTokens(props: PurposeTokensProps): ReactNode {
  return (
    <Loaded
      reading={readingOf(useApiTokens())}
      what={`The ${props.what}`}
      loading={<SkeletonLines lines={2} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ items }) => <Live {...props} tokens={items.filter(({ scopes }) => scopes.includes(props.scope))} />}
    </Loaded>
  )
}

function Live({
  tokens,
  what,
  none,
}: PurposeTokensProps & { readonly tokens: readonly ApiTokenView[] }): ReactNode {
  const now = useNow(REFRESH_MS)
  const live = tokens.filter((token) => tokenStanding(token, now).live)
  if (live.length === 0) return <p className="text-faint">{none}</p>
  return (
    <ul aria-label={`The ${what}`} className="divide-y">
      {live.map((token) => (
        <li
          key={token.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 first:pt-0"
        >
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-x-2 font-medium wrap-anywhere">
              <Said text={token.purpose} />
              <Standing token={token} now={now} />
            </span>
            <span className="block text-small text-pretty text-faint">
              {token.lastUsedAt === null ? (
                "Never used"
              ) : (
                <>
                  Last used <Moment at={token.lastUsedAt} />
                </>
              )}
              , <span title={exactTime(token.expiresAt)}>works until {dayOf(token.expiresAt)}</span>, made by{" "}
              <Said text={token.madeBy.name} />
            </span>
          </span>
          <RevokeToken token={token} />
        </li>
      ))}
    </ul>
  )
}

function Standing({ token, now }: { token: ApiTokenView; now: number }): ReactNode {
  const { icon, tone, words } = tokenStanding(token, now)
  return (
    <Mark icon={icon} tone={tone}>
      {words}
    </Mark>
  )
}
