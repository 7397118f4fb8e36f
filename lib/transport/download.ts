import axios from 'axios';
import axiosRetry, { exponentialDelay } from 'axios-retry';

/**
 * Fetches a file that a vendor put on a storage host under an address of its own (a signed one). No credentials are sent there,
 * no redirect is followed.
 * @param limits bytes and milliseconds at the most
 * @throws Error when it can't be fetched
 */
export async function download(address: string, limits: { bytes: number; timeoutMs: number }): Promise<Buffer> {
	const http = axios.create({ timeout: limits.timeoutMs, maxContentLength: limits.bytes, maxRedirects: 0, decompress: false });
	axiosRetry(http, { retries: 2, retryDelay: (count, error) => exponentialDelay(count, error, 100) });
	const { data } = await http.get<ArrayBuffer>(address, { responseType: 'arraybuffer' });
	return Buffer.from(data);
}
