import { Dialog as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { Button } from "./button.tsx"
import { Icon } from "./icon.tsx"

/** A dialog's own words and content. */
export interface DialogProps {
  readonly title: ReactNode
  /** One or two sentences: what this is for, or what it will do. */
  readonly description: ReactNode
  readonly open: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * Opens a dialog that keeps the keyboard inside and gives it back.
 *
 * The veil is ours: the library's own writes a style element, which the page's policy forbids.
 */
export function Dialog({ title, description, open, onClose, children }: DialogProps): ReactNode {
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        <div data-veil="" className="appear fixed inset-0 z-40 bg-veil" />
        <Radix.Content className="appear fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto rounded-t-xl bg-float shadow-float outline-none md:inset-x-auto md:top-[10vh] md:bottom-auto md:left-1/2 md:max-h-[80vh] md:w-[34rem] md:-translate-x-1/2 md:rounded-xl">
          <header className="px-5 pt-5 pb-3 pr-12">
            <Radix.Title className="text-lead font-semibold text-pretty">{title}</Radix.Title>
            <Radix.Description className="mt-1 text-soft text-pretty">{description}</Radix.Description>
          </header>
          {children}
          <Radix.Close
            aria-label="Close"
            className="absolute top-4 right-4 grid size-7 max-md:top-2.5 max-md:right-2.5 max-md:size-10 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
          >
            <Icon name="cross" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The foot of a dialog: a way out, and the act. */
export function DialogFoot({ onClose, children }: { onClose: () => void; children: ReactNode }): ReactNode {
  return (
    <footer className="sticky bottom-0 flex flex-wrap justify-end gap-2 border-t bg-float px-5 py-3">
      <Button onClick={onClose}>Cancel</Button>
      {children}
    </footer>
  )
}
