/** A mean by simulation. */
export interface SimulatedValue {
  readonly value: number;
  /** Its standard error: the value is within 1.96 of them of the truth with 95 % confidence. */
  readonly error: number;
}

/** The mean of independent values with its standard error (Welford's algorithm, for any number of values). */
export class Mean {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const distance = value - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (value - this.#mean);
  }

  get estimate(): SimulatedValue {
    const variance = this.#squares / (this.#count - 1);
    return { value: this.#mean, error: Math.sqrt(variance / this.#count) };
  }
}
