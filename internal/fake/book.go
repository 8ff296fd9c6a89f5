package fake

// A book is a real one, so that title, author and year agree.
type book struct {
	title, author string
	year          int64
	genre         string
}

var books = []book{
	{"Pride and Prejudice", "Jane Austen", 1813, "Romance"}, {"Emma", "Jane Austen", 1815, "Romance"}, {"Frankenstein", "Mary Shelley", 1818, "Horror"},
	{"Jane Eyre", "Charlotte Bronte", 1847, "Fiction"}, {"Wuthering Heights", "Emily Bronte", 1847, "Fiction"}, {"Moby-Dick", "Herman Melville", 1851, "Adventure"},
	{"Walden", "Henry David Thoreau", 1854, "Biography"}, {"Great Expectations", "Charles Dickens", 1861, "Fiction"}, {"Les Miserables", "Victor Hugo", 1862, "History"},
	{"Alice's Adventures in Wonderland", "Lewis Carroll", 1865, "Children"}, {"Crime and Punishment", "Fyodor Dostoevsky", 1866, "Crime"}, {"Little Women", "Louisa May Alcott", 1868, "Fiction"},
	{"War and Peace", "Leo Tolstoy", 1869, "History"}, {"Middlemarch", "George Eliot", 1871, "Fiction"}, {"Around the World in Eighty Days", "Jules Verne", 1872, "Adventure"},
	{"Anna Karenina", "Leo Tolstoy", 1878, "Romance"}, {"Treasure Island", "Robert Louis Stevenson", 1883, "Adventure"}, {"Adventures of Huckleberry Finn", "Mark Twain", 1884, "Adventure"},
	{"The Picture of Dorian Gray", "Oscar Wilde", 1890, "Horror"}, {"The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892, "Crime"}, {"The Time Machine", "H. G. Wells", 1895, "Science Fiction"},
	{"Dracula", "Bram Stoker", 1897, "Horror"}, {"The War of the Worlds", "H. G. Wells", 1898, "Science Fiction"}, {"The Call of the Wild", "Jack London", 1903, "Adventure"},
	{"The Railway Children", "E. Nesbit", 1906, "Children"}, {"A Room with a View", "E. M. Forster", 1908, "Romance"}, {"Anne of Green Gables", "L. M. Montgomery", 1908, "Children"},
	{"The Secret Garden", "Frances Hodgson Burnett", 1911, "Children"}, {"My Antonia", "Willa Cather", 1918, "Fiction"}, {"The Age of Innocence", "Edith Wharton", 1920, "Fiction"},
}

func (m *Maker) book(s *Shape) *book {
	sub := m.subject(s)
	if sub.tome == nil {
		sub.tome = &books[m.Rand.IntN(len(books))]
	}
	return sub.tome
}

// ofBook says whether a value belongs to a book.
func ofBook(s *Shape) bool {
	for _, w := range owners(s) {
		if w == "book" {
			return true
		}
	}
	return false
}

func bookTitle(m *Maker, s *Shape) any { return m.book(s).title }

func author(m *Maker, s *Shape) any {
	if ofBook(s) {
		return m.book(s).author
	}
	if m.In.Code && !hasWord(s, "name") {
		return m.person(s).user
	}
	return personName(m, s)
}
