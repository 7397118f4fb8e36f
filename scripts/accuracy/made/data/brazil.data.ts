/** The commonest names of Brazil, about in that order; faker's own list of surnames is too short for a country. */
export const BRAZIL = {
	families:
		'Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira ' +
		'Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira Araújo Moura Correia Cavalcanti Dantas Castro Azevedo Batista Campos Monteiro Pinto Borges Duarte Farias ' +
		'Figueiredo Fonseca Guimarães Leal Macedo Magalhães Medeiros Melo Miranda Morais Neves Nogueira Pacheco Peixoto Pires Queiroz Reis Rezende Sales Sampaio Siqueira Tavares Toledo Vasconcelos ' +
		'Xavier Bezerra Coelho Cunha Drummond Esteves Bittencourt Chaves Falcão Galvão Lacerda Maciel Noronha Paiva Rangel Serrano Trindade Uchoa Valente Zanetti',
	women:
		'Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Gabriela Vera Vitória Larissa Cláudia ' +
		'Beatriz Rita Luana Sônia Renata Eliane Simone Débora Tatiane Raquel Carla Cristiane Rosângela Luíza Helena',
	men:
		'José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Marcelo Bruno Eduardo Felipe Raimundo Rodrigo Manoel Mateus André Fernando Fábio Leonardo Gustavo ' +
		'Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Sebastião Alexandre Roberto Edson Diego Vitor Caio',
};
