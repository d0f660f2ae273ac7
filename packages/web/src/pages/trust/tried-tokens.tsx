import type { TriedTokenView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"

/** What a rule does with tokens: those that it takes first, each refusal with its reasons. */
export function TriedTokens({ tried }: { tried: readonly TriedTokenView[] }): ReactNode {
  const groups = [
    { title: "Would accept", shown: tried.filter(({ accepted }) => accepted) },
    { title: "Would not accept", shown: tried.filter(({ accepted }) => !accepted) },
  ]
  return groups.map(
    ({ title, shown }) =>
      shown.length > 0 && (
        <div key={title}>
          <h3 className="mb-1 font-medium">{title}</h3>
          <ul className="space-y-1.5" aria-label={title}>
            {shown.map((token) => (
              <li key={token.title} className="flex items-start gap-2">
                <Icon
                  name={token.accepted ? "check" : "cross"}
                  className={`mt-0.5 size-4 ${token.accepted ? "text-permit" : "text-deny"}`}
                />
                <span className="min-w-0 wrap-anywhere">
                  <Said text={token.title} />
                  {token.faults.map(({ code, said }) => (
                    <span key={code + said} className="block text-small text-faint">
                      <Said text={said} />
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ),
  )
}
