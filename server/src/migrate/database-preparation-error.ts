/** A problem with the database that its operator can mend; shown without a stack. */
export class DatabasePreparationError extends Error {
  override readonly name = 'DatabasePreparationError'
}
