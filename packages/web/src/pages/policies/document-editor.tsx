import type { PolicyDocumentView } from "@tabard/api"
import { type ReactNode, useRef, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CodeEditor } from "../../components/code-editor.tsx"
import { PartialFace } from "../../components/faces.tsx"
import { LineProblems } from "../../components/line-problems.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePreviewPolicies, usePutPolicies } from "../../data/own-policies-query.ts"
import { problemLines } from "../../words/problem-lines.ts"
import { CasePreview } from "./case-preview.tsx"
import type { DocumentWords } from "./document-words.ts"
import type { OwnPlace } from "./policy-document.tsx"
import { PreviewResult } from "./preview-result.tsx"

const MOST_CHARACTERS = 262_144

interface EditorProps {
  readonly place: OwnPlace
  readonly words: DocumentWords
  readonly document: PolicyDocumentView
  readonly onDone: () => void
}

/** Writes a document: what would come out otherwise is shown before it can be put in force. */
export function DocumentEditor({ place, words, document, onDone }: EditorProps): ReactNode {
  const [begun, setBegun] = useState(document)
  const [draft, setDraft] = useState(begun.version === 0 ? words.template : begun.source)
  const beginAnew = (): void => {
    setBegun(document)
    setDraft(document.source)
  }
  return (
    <div className="space-y-3">
      {document.version !== begun.version && <Overtaken version={document.version} onBegin={beginAnew} />}
      <Draft place={place} words={words} document={begun} draft={draft} onDraft={setDraft} onDone={onDone} />
    </div>
  )
}

function Draft(props: EditorProps & { draft: string; onDraft: (draft: string) => void }): ReactNode {
  const { place, words, document, draft, onDone } = props
  const { preview, put, error } = useVetted(draft)
  const field = useRef<HTMLTextAreaElement>(null)
  const problems = problemLines(error)
  const isChanged = draft !== document.source
  const save = (): void =>
    put.mutate({ ...place, source: draft, seen: document.version }, { onSuccess: onDone })
  return (
    <>
      <CodeEditor
        label={words.editor}
        hint={words.hint}
        value={draft}
        onChange={props.onDraft}
        problems={problems}
        maxLength={MOST_CHARACTERS}
        field={field}
      />
      {problems.length > 0 ? (
        <LineProblems problems={problems} field={field} />
      ) : (
        <ProblemNote error={error} />
      )}
      {preview.data && (
        <>
          <PreviewResult preview={preview.data} kind={place.kind} />
          <CasePreview place={place} source={draft} />
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {preview.data ? (
          <Button look="primary" busy={put.isPending} onClick={save}>
            Put version {document.version + 1} in force
          </Button>
        ) : (
          <Button
            look="primary"
            busy={preview.isPending}
            disabled={!isChanged}
            onClick={() => preview.ask({ ...place, source: draft })}
          >
            {place.kind === "cases" ? "Ask these cases" : "Show what would come out otherwise"}
          </Button>
        )}
        <Button look="quiet" onClick={onDone}>
          {isChanged ? "Discard the changes" : "Leave it as it is"}
        </Button>
      </div>
    </>
  )
}

/** Answers what was said of exactly this draft: nothing of an earlier one holds for it. */
function useVetted(draft: string) {
  const { mutate: ask, isPending, variables, data, error } = usePreviewPolicies()
  const put = usePutPolicies()
  const isPreviewed = variables?.source === draft
  const isPut = put.variables?.source === draft
  return {
    preview: { ask, isPending, data: isPreviewed ? data : undefined },
    put,
    error: (isPut ? put.error : null) ?? (isPreviewed ? error : null),
  }
}

function Overtaken({ version, onBegin }: { version: number; onBegin: () => void }): ReactNode {
  return (
    <div className="space-y-2">
      <PartialFace>
        Version {version} was put in force meanwhile. What you write is refused until you begin from it.
      </PartialFace>
      <Button size="small" onClick={onBegin}>
        Begin again from version {version}
      </Button>
    </div>
  )
}
