/** Numbers of 32 bits that other threads can look into without a copy. */
export function sharedWords(length: number): Uint32Array<SharedArrayBuffer> {
	return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

/** The same of any numbers. */
export function sharedNumbers(length: number): Float64Array<SharedArrayBuffer> {
	return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** The same of bytes. */
export function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
	return new Uint8Array(new SharedArrayBuffer(length));
}

/** The same bytes with what Buffer does with texts; one that comes from another thread is no Buffer any more. */
export function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}
