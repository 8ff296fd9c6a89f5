package fake

import (
	"slices"
	"time"
)

// A film is a real one, so that title, director, year and genre agree.
type film struct {
	title, director string
	year            int
	genre           string
}

var films = []film{
	{"Metropolis", "Fritz Lang", 1927, "Science Fiction"}, {"City Lights", "Charlie Chaplin", 1931, "Comedy"}, {"It Happened One Night", "Frank Capra", 1934, "Comedy"},
	{"The Lady Vanishes", "Alfred Hitchcock", 1938, "Thriller"}, {"Casablanca", "Michael Curtiz", 1942, "Romance"}, {"Citizen Kane", "Orson Welles", 1941, "Drama"},
	{"The Third Man", "Carol Reed", 1949, "Thriller"}, {"Rashomon", "Akira Kurosawa", 1950, "Crime"}, {"Roman Holiday", "William Wyler", 1953, "Romance"},
	{"Seven Samurai", "Akira Kurosawa", 1954, "Adventure"}, {"Rear Window", "Alfred Hitchcock", 1954, "Thriller"}, {"Vertigo", "Alfred Hitchcock", 1958, "Thriller"},
	{"Some Like It Hot", "Billy Wilder", 1959, "Comedy"}, {"The Apartment", "Billy Wilder", 1960, "Comedy"}, {"Lawrence of Arabia", "David Lean", 1962, "Adventure"},
	{"Dr. Strangelove", "Stanley Kubrick", 1964, "Comedy"}, {"2001: A Space Odyssey", "Stanley Kubrick", 1968, "Science Fiction"}, {"The Godfather", "Francis Ford Coppola", 1972, "Crime"},
	{"Jaws", "Steven Spielberg", 1975, "Thriller"}, {"Star Wars", "George Lucas", 1977, "Science Fiction"}, {"Alien", "Ridley Scott", 1979, "Horror"}, {"Blade Runner", "Ridley Scott", 1982, "Science Fiction"},
	{"Back to the Future", "Robert Zemeckis", 1985, "Adventure"}, {"Goodfellas", "Martin Scorsese", 1990, "Crime"}, {"The Silence of the Lambs", "Jonathan Demme", 1991, "Thriller"},
	{"Jurassic Park", "Steven Spielberg", 1993, "Adventure"}, {"Toy Story", "John Lasseter", 1995, "Animation"}, {"Titanic", "James Cameron", 1997, "Romance"}, {"The Matrix", "The Wachowskis", 1999, "Science Fiction"},
	{"Spirited Away", "Hayao Miyazaki", 2001, "Animation"}, {"Amelie", "Jean-Pierre Jeunet", 2001, "Romance"}, {"Lost in Translation", "Sofia Coppola", 2003, "Drama"}, {"Inception", "Christopher Nolan", 2010, "Science Fiction"},
	{"Parasite", "Bong Joon-ho", 2019, "Thriller"},
}

func (m *Maker) film(s *Shape) *film {
	sub := m.subject(&Shape{Entity: s.Entity})
	if sub.film == nil {
		sub.film = &films[m.Rand.IntN(len(films))]
	}
	return sub.film
}

// ofFilm says whether a value belongs to a film.
func ofFilm(s *Shape) bool {
	return slices.ContainsFunc(owners(s), func(w string) bool { return w == "movie" || w == "film" })
}

func movieTitle(m *Maker, s *Shape) any { return m.film(s).title }

// released is when a film came out.
func (m *Maker) released(s *Shape) time.Time {
	f := m.film(s)
	return time.Date(f.year, time.Month(1+len(f.title)%12), 1+len(f.director)%28, 0, 0, 0, 0, time.UTC)
}
