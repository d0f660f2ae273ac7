import { isWithinScopes } from "@tabard/api"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { SelectField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { useApiTokens } from "../../data/api-tokens-query.ts"
import { useNow } from "../../data/clock-context.ts"
import { plainText } from "../../words/plain-text.ts"

/** Asks with which API token a receiver fetches its signals: one that is live, and was made for that. */
export function ReceiverToken(props: { value: string; onChange: (id: string) => void }): ReactNode {
  const now = useNow(60_000)
  return (
    <Loaded
      reading={readingOf(useApiTokens())}
      what="The API tokens"
      loading={<SkeletonLines lines={1} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ items }) => {
        const fit = items.filter(
          ({ scopes, revokedAt, expiresAt }) =>
            isWithinScopes("manageStreams", scopes) && revokedAt === null && Date.parse(expiresAt) > now,
        )
        if (fit.length === 0)
          return (
            <p className="text-small text-pretty text-soft">
              The receiver proves itself with an API token: make one with the scope ssf.manage under “API
              tokens” first.
            </p>
          )
        return (
          <SelectField
            label="The receiver’s API token"
            hint="With it, and no other, it fetches this stream."
            value={props.value}
            required
            onChange={(event) => props.onChange(event.target.value)}
          >
            <option value="">Choose one</option>
            {fit.map(({ id, purpose }) => (
              <option key={id} value={id}>
                {plainText(purpose)}
              </option>
            ))}
          </SelectField>
        )
      }}
    </Loaded>
  )
}
