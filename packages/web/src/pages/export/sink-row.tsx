import type { SinkView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { count, grouped } from "../../words/count.ts"
import { carriedWords, receiverWords, SINK_CONTENT_WORDS, SINK_KIND_WORDS } from "../../words/sink-words.ts"
import { DeadLettersDialog } from "./dead-letters-dialog.tsx"
import { ReplayDialog } from "./replay-dialog.tsx"
import { SinkActs, type SinkDialog } from "./sink-acts.tsx"
import { ChangeSinkDialog, RemoveSinkDialog } from "./sink-dialogs.tsx"
import { evidenceOf, sinkStanding } from "./sink-standing.ts"

/** One sink: where it leads and what it carries, how far it has come, and what can be done about it. */
export function SinkRow({ sink, mayAct }: { sink: SinkView; mayAct: boolean }): ReactNode {
  const [opened, setOpened] = useState<SinkDialog>()
  const close = (): void => setOpened(undefined)
  const Opened = opened && DIALOGS[opened]
  return (
    <div className="grid gap-x-6 gap-y-3 px-3 py-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          <Said text={sink.name} />
        </p>
        <p className="text-small wrap-anywhere text-faint">
          {SINK_KIND_WORDS[sink.kind]} · <Said text={receiverWords(sink)} />
        </p>
        <p className="text-small text-pretty text-soft">
          {carriedWords(sink)} · {SINK_CONTENT_WORDS[sink.content]}
        </p>
      </div>
      <Fares sink={sink} />
      <SinkActs sink={sink} mayAct={mayAct} onOpen={setOpened} />
      {Opened && <Opened sink={sink} mayAct={mayAct} onClose={close} />}
    </div>
  )
}

type Opened = (props: { sink: SinkView; mayAct: boolean; onClose: () => void }) => ReactNode

const DIALOGS: Readonly<Record<SinkDialog, Opened>> = {
  letters: DeadLettersDialog,
  replay: ReplayDialog,
  change: ChangeSinkDialog,
  remove: RemoveSinkDialog,
}

function Fares({ sink }: { sink: SinkView }): ReactNode {
  const { progress } = sink
  const standing = sinkStanding(sink)
  return (
    <div className="min-w-0 text-small">
      <Mark icon={standing.icon} tone={standing.tone}>
        {standing.words}
      </Mark>
      {progress.said !== null && (
        <p className="text-pretty text-soft">
          <Said text={progress.said} />
          {progress.nextTryAt !== null && (
            <>
              {", tried again "}
              <Moment at={progress.nextTryAt} />
            </>
          )}
        </p>
      )}
      <p className="text-soft tabular-nums">
        {grouped(progress.place)} of {count(progress.size, "entry", "entries")}
        <Lag progress={progress} />
      </p>
      {progress.succeededAt !== null && (
        <p className="text-faint">
          Last taken <Moment at={progress.succeededAt} />
        </p>
      )}
      <Evidence sink={sink} />
    </div>
  )
}

function Lag({ progress: { place, size, waitingSince } }: Pick<SinkView, "progress">): ReactNode {
  if (waitingSince === null) return null
  return (
    <span className="text-faint">
      {" "}
      · {grouped(size - place)} behind, the oldest from <Moment at={waitingSince} />
    </span>
  )
}

/** Whether export does what is claimed of it, as an auditor asks: in time, and nothing lost on the way. */
function Evidence({ sink }: { sink: SinkView }): ReactNode {
  return evidenceOf(sink).map(({ words, icon, tone }) => (
    <p key={words}>
      <Mark icon={icon} tone={tone}>
        {words}
      </Mark>
    </p>
  ))
}
