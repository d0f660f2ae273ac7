import type { EnforcingPreviewView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { ExactText } from "../../components/exact-json.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useEnforcingPreview } from "../../data/observe-query.ts"
import { capital } from "../../words/capital.ts"
import { count } from "../../words/count.ts"
import { EffectMark } from "../audit/effect-mark.tsx"
import { wouldBeSentence } from "./would-stop-words.ts"

/** What of the observed calls enforcing would stop, by tool and reason, with the latest of them. */
export function WouldStop({ agent }: { agent: string }): ReactNode {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 font-semibold">What enforcing would stop</h3>
      <Loaded
        reading={readingOf(useEnforcingPreview(agent))}
        what="What enforcing would stop"
        loading={<SkeletonLines lines={3} />}
        isEmpty={({ calls }) => calls === 0}
        empty={<p className="text-faint">No call was let through yet, so nothing is known.</p>}
        partial={() => null}
      >
        {(preview) => (
          <>
            <p className="mb-2 text-pretty text-soft">{wouldBeSentence(preview)}</p>
            <StoppedCalls stopped={preview.stopped} />
          </>
        )}
      </Loaded>
    </section>
  )
}

type Stopped = EnforcingPreviewView["stopped"][number]

/** Calls that would be stopped, a line for each reason; the latest of them unfold. */
export function StoppedCalls({ stopped }: Pick<EnforcingPreviewView, "stopped">): ReactNode {
  if (stopped.length === 0) return null
  return (
    <ul aria-label="Calls that would be stopped" className="border-t">
      {stopped.map((one) => (
        <li
          key={JSON.stringify([one.server.id, one.tool, one.effect, one.code, one.reasons])}
          className="border-b"
        >
          <StoppedCall one={one} />
        </li>
      ))}
    </ul>
  )
}

function StoppedCall({ one }: { one: Stopped }): ReactNode {
  const [open, setOpen] = useState(false)
  const perhaps =
    one.uncertain === 0
      ? ""
      : one.uncertain === one.calls
        ? ", perhaps"
        : `, ${one.uncertain} of them perhaps`
  return (
    <div className="py-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-start gap-x-2 rounded text-left hover:bg-hover"
      >
        <Icon name={open ? "down" : "right"} className="mt-1 size-3 shrink-0 text-faint" />
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5">
          <EffectMark effect={one.effect} />
          <span className="min-w-0 font-mono text-small wrap-anywhere">
            <Said text={`${one.server.name}/${one.tool}`} />
          </span>
          <span className="text-soft">
            {count(one.calls, "call")}
            {perhaps}
          </span>
          <span className="text-small text-faint sm:ml-auto">
            <Moment at={one.latest} />
          </span>
        </span>
      </button>
      <p className="pl-5 text-pretty wrap-anywhere text-soft">
        <Said text={capital(one.words)} />
      </p>
      {open && <Examples examples={one.examples} />}
    </div>
  )
}

function Examples({ examples }: Pick<Stopped, "examples">): ReactNode {
  return (
    <ul aria-label="The latest of them" className="space-y-2 pt-2 pl-5">
      {examples.map(({ decision, at, arguments: args }) => (
        <li key={decision} className="space-y-1">
          <p className="text-small text-faint">
            <Link to="/decisions" search={{ decision }} className="hover:underline">
              <Moment at={at} />
            </Link>
            {args === null && ": its arguments were too large to be kept"}
          </p>
          {args !== null && <ExactText text={args} label="Arguments, as far as they are kept" />}
        </li>
      ))}
    </ul>
  )
}
