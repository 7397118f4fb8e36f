import type { PersonFields } from '../identity/given';
import { resolved } from './given';

const home = { street: '1 Elm Street', zip: '78704' };
const switchboard = { company: 'Acorn Inc', phone: '+1 212 642 8891' };
const mailbox = { email: 'hills@acorn-mail.com' };

test.each<[string, PersonFields[], string[]]>([
	['a nickname of two names in one house', [{ given: 'Albert', family: 'Hill', ...home }, { given: 'Robert', family: 'Hill', ...home }, { given: 'Bert', family: 'Hill', ...home }], ['1-3', '2-3']],
	['a nickname of two names that begin alike', [{ given: 'Christian', family: 'Hill', ...home }, { given: 'Christopher', family: 'Hill', ...home }, { given: 'Chris', family: 'Hill', ...home }], ['1-3', '2-3']],
	['a nickname of a woman\'s name and a man\'s', [{ given: 'Alexander', family: 'Hill', ...mailbox }, { given: 'Alexandra', family: 'Hill', ...mailbox }, { given: 'Alex', family: 'Hill', ...mailbox }], ['1-2', '1-3', '2-3']],
	['a name between two middle initials', [{ name: 'John A. Smith', ...home }, { name: 'John B. Smith', ...home }, { name: 'John Smith', ...home }], ['1-2', '1-3', '2-3']],
	['a name in Latin letters between two that sound alike', [{ given: '伟', family: '李', email: 'li84@acorn-mail.com' }, { given: '薇', family: '李', email: 'li84@acorn-mail.com' }, { given: 'Wei', family: 'Li', email: 'li84@acorn-mail.com' }], ['1-2', '1-3', '2-3']],
	['an initial between two names at a switchboard', [{ given: 'Anna', family: 'Berger', ...switchboard }, { given: 'Anne', family: 'Berger', ...switchboard }, { given: 'A.', family: 'Berger', ...switchboard }], ['1-2', '1-3', '2-3']],
	['a mailbox without a name between a couple\'s record and one of the two', [{ name: 'Hans und Eva Müller', ...mailbox }, { name: 'Hans Müller', ...mailbox }, mailbox], ['1-2', '1-3', '2-3']],
])('nobody is joined to a stranger through %s', (_what, records, asked) => {
	expect(resolved(...records)).toEqual({ profiles: records.map((_, place) => [place + 1]), asked });
});

test('a nickname joins the one of the two whose telephone it has', () => {
	const [albert, robert, bert] = [{ given: 'Albert', phone: '+1 212 642 8891' }, { given: 'Robert' }, { given: 'Bert', phone: '+1 212 642 8891' }].map((one) => ({ ...one, family: 'Hill', ...home }));
	expect(resolved(albert as PersonFields, robert as PersonFields, bert as PersonFields).profiles).toEqual([[1, 3], [2]]);
});
