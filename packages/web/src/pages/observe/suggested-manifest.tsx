import type { ManifestSuggestionView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { TextDifference } from "../../components/text-difference.tsx"
import { useManifestSuggestion } from "../../data/observe-query.ts"
import { count } from "../../words/count.ts"
import { StoppedCalls } from "./would-stop.tsx"
import { wouldBeSentence } from "./would-stop-words.ts"

/** What a suggestion is made for, and where it goes. */
export interface SuggestedManifestProps {
  readonly agent: string
  readonly onSuggested: (manifest: string) => void
}

/** The smallest manifest that covers what was observed, as a difference to the one in force; a person takes it up, or not. */
export function SuggestedManifest(props: SuggestedManifestProps): ReactNode {
  const [asked, setAsked] = useState(false)
  return (
    <section className="min-w-0">
      <h3 className="mb-1 font-semibold">A manifest from what was seen</h3>
      {asked ? (
        <Suggestion {...props} />
      ) : (
        <div className="space-y-3">
          <p className="max-w-prose text-pretty text-soft">
            The tools that it used, each within the narrowest limits that every call held to. It is a draft:
            nothing is put in force.
          </p>
          <Button onClick={() => setAsked(true)}>Suggest a manifest</Button>
        </div>
      )}
    </section>
  )
}

function Suggestion({ agent, onSuggested }: SuggestedManifestProps): ReactNode {
  return (
    <Loaded
      reading={readingOf(useManifestSuggestion(agent))}
      what="The suggestion"
      loading={<SkeletonLines lines={6} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {(suggestion) => (
        <div className="space-y-3">
          <TextDifference
            lines={suggestion.difference}
            label="What the suggestion changes of the manifest in force"
          />
          <p className="text-pretty text-soft">{wouldBeSentence(suggestion.preview)}</p>
          <StoppedCalls stopped={suggestion.preview.stopped} />
          <Unused unused={suggestion.unused} />
          <Button onClick={() => onSuggested(suggestion.manifest)}>Take it into the editor</Button>
        </div>
      )}
    </Loaded>
  )
}

function Unused({ unused }: Pick<ManifestSuggestionView, "unused">): ReactNode {
  if (unused.length === 0) return null
  return (
    <div>
      <p className="text-pretty text-soft">
        {count(unused.length, "tool")} allowed today {unused.length === 1 ? "was" : "were"} not used:
      </p>
      <ul aria-label="Unused access" className="mt-1 border-t">
        {unused.map(({ server, tool, lastUsed }) => (
          <li
            key={`${server}/${tool}`}
            className="flex flex-wrap items-center justify-between gap-x-3 border-b py-1.5"
          >
            <span className="min-w-0 font-mono text-small wrap-anywhere">
              <Said text={`${server}/${tool}`} />
            </span>
            <span className="text-small text-faint">
              {lastUsed === null ? (
                "never seen permitted"
              ) : (
                <>
                  last permitted <Moment at={lastUsed} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
