import type { ApprovalView, VerdictInput } from "@tabard/api"
import { type ReactNode, useEffect, useState } from "react"
import { Button } from "../../components/button.tsx"
import { consequencesOf, waitWords } from "./question-words.ts"

type Verdict = VerdictInput["verdict"]

// A card that has just slid under the thumb must not be answered by the second half of a double tap.
const SETTLE_MS = 450

/** The two answers with what follows from each; nothing where the person may not answer. */
export function VerdictButtons(props: {
  question: ApprovalView
  armed: Verdict | undefined
  onVerdict: (verdict: Verdict) => void
}): ReactNode {
  const settled = useSettled()
  if (!props.question.mayAnswer) {
    return <p className="border-t px-4 py-3 text-soft md:px-6">{waitWords(props.question)}</p>
  }
  return (
    <footer className="sticky bottom-0 grid grid-cols-2 gap-3 rounded-b-lg border-t bg-ground px-4 py-3 max-md:bottom-14 md:px-6">
      <Answer
        verdict="approved"
        look="primary"
        words={props.question.token ? "Let it act once" : "Approve once"}
        key1="a"
        settled={settled}
        {...props}
      />
      <Answer verdict="denied" look="plain" words="Deny" key1="d" settled={settled} {...props} />
    </footer>
  )
}

function useSettled(): boolean {
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [])
  return settled
}

function Answer(props: {
  question: ApprovalView
  verdict: Verdict
  look: "primary" | "plain"
  words: string
  key1: string
  armed: Verdict | undefined
  settled: boolean
  onVerdict: (verdict: Verdict) => void
}): ReactNode {
  const armed = props.armed === props.verdict
  const id = `consequence-${props.verdict}`
  return (
    <div>
      <Button
        look={props.look}
        size="large"
        disabled={!props.settled}
        aria-describedby={id}
        className={`w-full ${armed ? "outline-2 outline-offset-2 outline-accent" : ""}`}
        onClick={() => props.onVerdict(props.verdict)}
      >
        {armed ? `Press ${props.key1} again` : props.words}
      </Button>
      <p id={id} className="mt-1.5 text-small text-faint text-pretty">
        {consequencesOf(props.question)[props.verdict]}
      </p>
    </div>
  )
}
