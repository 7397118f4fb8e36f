export { fromStoredText, toStoredText } from '../text';
