package world

import (
	"strings"
	"testing"
)

func TestTold(t *testing.T) {
	for _, c := range []struct{ entity, text, want string }{
		{"animal", "Returns: name, age, weight, color, description, image", "name age:integer weight:number color description image"},
		{"city_weather", "Get the current weather of a city, including temperature, humidity and description.", "temperature:number humidity:number description"},
		{"quote", "Looks a ticker up. Args: symbol: The ticker, including its exchange and country Returns: A dictionary with: - price (float): the last price - volume (int): shares traded", "price:number volume:integer"},
		{"person", `Finds a person. Returns: {"full_name": "Mara Lind", "age": 41}`, "full_name age:integer"},
		{"player", "Shows a player's statistics (goals, assists and rating)", "goals:integer assists:integer rating:number"},
		{"task", "Delete a task. Returns a message if the task was deleted or an error.", ""},
		{"page", "Get data from a page using the url and the selector. Takes url, title and author.", ""},
		{"movie", "Returns random movies from over 1000 movies", ""},
	} {
		var got []string
		for _, col := range told(c.text, c.entity) {
			name := col.Name
			if col.Type != "string" {
				name += ":" + col.Type
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %v, want %s", c.text, got, c.want)
		}
	}
}
