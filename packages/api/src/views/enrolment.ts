/** An enrolment that was offered: the code is shown once. */
export interface EnrolmentOffer {
  readonly code: string
  readonly expiresAt: string
}
