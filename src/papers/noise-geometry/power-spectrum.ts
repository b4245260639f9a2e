/** Variances j^−a of d inputs. */
export const powerSpectrum = (dimension: number, decayExponent: number): readonly number[] => Array.from({length: dimension}, (_, j) => (j + 1) ** -decayExponent);
