import type { PolicyPlaceInput, PolicyVersionView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { PersonName } from "../../components/person-name.tsx"
import { TextDifference } from "../../components/text-difference.tsx"
import { usePolicyComparison, usePolicyVersions } from "../../data/own-policies-query.ts"
import { count } from "../../words/count.ts"
import { RestoreButton } from "./restore-button.tsx"

/** How many versions stand there before somebody asks for the others. */
const FEW = 5

/** Who put which version in force and when; what each changed unfolds under it, and an earlier one can be put in force again. */
export function DocumentHistory(props: { place: PolicyPlaceInput; mayWrite: boolean }): ReactNode {
  const { place, mayWrite } = props
  const [all, setAll] = useState(false)
  return (
    <section className="mt-4">
      <h3 className="mb-1 font-semibold">Versions</h3>
      <Loaded
        reading={readingOf(usePolicyVersions(place))}
        what="The versions"
        loading={<SkeletonLines lines={3} />}
        isEmpty={({ versions }) => versions.length === 0}
        empty={<p className="text-faint">Nobody has written one.</p>}
        partial={() => null}
      >
        {({ versions }) => (
          <>
            <ul aria-label="Versions" className="border-t">
              {versions.slice(0, all ? undefined : FEW).map((version, at) => (
                <li key={version.version} className="border-b">
                  <Version
                    place={place}
                    version={version}
                    latest={at === 0 ? undefined : versions[0]}
                    mayWrite={mayWrite}
                  />
                </li>
              ))}
            </ul>
            {!all && versions.length > FEW && (
              <button
                type="button"
                className="mt-2 text-small text-soft hover:text-ink hover:underline"
                onClick={() => setAll(true)}
              >
                Show {count(versions.length - FEW, "earlier version")}
              </button>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

function Version(props: {
  place: PolicyPlaceInput
  version: PolicyVersionView
  /** The one in force, where this is an earlier one. */
  latest: PolicyVersionView | undefined
  mayWrite: boolean
}): ReactNode {
  const { place, version, latest, mayWrite } = props
  const [open, setOpen] = useState(false)
  return (
    <div className="py-1.5">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 rounded text-left hover:bg-hover"
      >
        <Icon name={open ? "down" : "right"} className="size-3 text-faint" />
        <span className="font-medium">Version {version.version}</span>
        <span className="min-w-0 truncate text-soft">
          <PersonName id={version.author} />
        </span>
        <span className="ml-auto text-small text-faint">
          {latest === undefined && "in force, "}
          <Moment at={version.at} />
        </span>
      </button>
      {open && (
        <div className="space-y-2 pt-2 pb-1">
          <Changed place={place} version={version.version} />
          {latest && mayWrite && (
            <RestoreButton place={place} version={version.version} seen={latest.version} />
          )}
        </div>
      )}
    </div>
  )
}

function Changed({ place, version }: { place: PolicyPlaceInput; version: number }): ReactNode {
  if (version === 1) return <p className="text-soft">It was the first.</p>
  return <Difference place={place} from={version - 1} to={version} />
}

function Difference({ place, from, to }: { place: PolicyPlaceInput; from: number; to: number }): ReactNode {
  return (
    <Loaded
      reading={readingOf(usePolicyComparison(place, { from, to }))}
      what="What it changed"
      loading={<SkeletonLines lines={3} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ lines }) => (
        <TextDifference lines={lines} label={`What version ${to} changed of version ${from}`} />
      )}
    </Loaded>
  )
}
