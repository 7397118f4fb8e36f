import type { NameCulture } from './culture';

const list = (text: string): string[] => text.trim().split(/\s+/);

/** Given names in the way people of that language write them. */
export const GIVEN_NAMES: Record<NameCulture, { male: string[]; female: string[] }> = {
	en: {
		male: list(`Robert William James John Michael Thomas Richard Edward Charles Daniel Matthew Anthony Andrew Joseph David Steven Kenneth
			Benjamin Samuel Gregory Patrick Alexander Nicholas Jonathan Timothy Ronald Lawrence Christopher Frederick Peter Douglas Gerald
			Nathaniel Vincent Walter Philip Raymond Theodore Marcus Keith Brian Kevin Jason Ryan Aaron Ethan Logan Owen Caleb Dylan`),
		female: list(`Elizabeth Margaret Katherine Jennifer Patricia Susan Deborah Rebecca Barbara Jessica Christine Victoria Samantha Alexandra
			Pamela Cynthia Kimberly Judith Dorothy Theresa Abigail Madeline Josephine Eleanor Gabrielle Veronica Stephanie Amanda Melissa
			Laura Emily Sarah Hannah Olivia Grace Chloe Megan Rachel Nicole Heather Denise Monica Claire Alice Ruth Helen Joan Paige Brooke Tessa`),
	},
	de: {
		male: list(`Jürgen Jörg Björn Günter Hans Johannes Matthias Stefan Andreas Wolfgang Klaus Michael Thomas Maximilian Sebastian Alexander
			Benjamin Christoph Dirk Uwe Sören Götz Lukas Jonas Felix Tobias Florian Heinrich Friedrich Rüdiger Torsten Ralf`),
		female: list(`Elisabeth Katharina Margarete Käthe Jürgine Susanne Bärbel Anneliese Ursula Renate Sabine Claudia Gisela Brigitte Monika
			Franziska Johanna Charlotte Sophie Lena Hannah Mia Leonie Antje Heike Silke Grete Friederike Theresa Wiebke Svenja Jördis`),
	},
	fr: {
		male: list(`François Frédéric Jérôme Rémi Loïc Grégoire André René Benoît Cédric Didier Étienne Gérard Guillaume Hervé Jacques Julien
			Laurent Luc Mathieu Maxime Michel Nicolas Olivier Pascal Philippe Sébastien Théo Thierry Vincent Yves Clément`),
		female: list(`Hélène Élodie Aurélie Céline Françoise Geneviève Mélanie Noémie Zoé Agnès Amélie Béatrice Brigitte Camille Catherine
			Chantal Charlotte Delphine Émilie Fanny Isabelle Juliette Laure Léa Madeleine Manon Margaux Martine Nathalie Odile Solène Véronique`),
	},
	es: {
		male: list(`José Jesús Ángel Andrés Álvaro Adrián Raúl Rubén Iván Óscar Martín Tomás Francisco Antonio Manuel Javier Carlos Miguel
			Alejandro Fernando Pablo Sergio Diego Jorge Alberto Enrique Ignacio Rafael Ramón Víctor Gonzalo Joaquín`),
		female: list(`María Lucía Sofía Inés Mónica Verónica Rocío Belén Concepción Dolores Pilar Carmen Ana Isabel Cristina Marta Elena
			Paula Laura Raquel Silvia Beatriz Alicia Natalia Patricia Rosario Teresa Nuria Irene Begoña Amparo Yolanda`),
	},
	pl: {
		male: list(`Paweł Michał Łukasz Wojciech Stanisław Mirosław Zbigniew Grzegorz Krzysztof Andrzej Tomasz Marcin Piotr Jakub Mateusz
			Kamil Bartłomiej Sławomir Jarosław Rafał Dariusz Mariusz Adam Jan Józef Kazimierz Maciej Szymon Filip Radosław`),
		female: list(`Małgorzata Agnieszka Katarzyna Barbara Ewa Krystyna Elżbieta Joanna Zofia Magdalena Beata Grażyna Aleksandra Bożena
			Dorota Jolanta Karolina Kinga Łucja Marta Monika Natalia Paulina Renata Stanisława Sylwia Teresa Urszula Wiesława Żaneta`),
	},
	nl: {
		male: list(`Johannes Cornelis Hendrik Willem Pieter Gerrit Jeroen Sander Maarten Daan Bram Thijs Sjoerd Joost Koen Wouter Ruben Lars
			Niels Rutger Floris Jasper Teun Stijn Bart Geert Henk Ruud Loek Casper`),
		female: list(`Johanna Cornelia Wilhelmina Hendrika Margaretha Femke Sanne Anouk Lotte Marieke Fleur Roos Eline Ilse Maaike Saskia
			Esmée Noor Tess Jantine Willemijn Annelies Mirjam Carolien Renée Zoë Liesbeth Hanneke Geertje Marloes`),
	},
};
