package world

import (
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// meanings maps the ends of column names to what the column is about; the
// longest end that fits decides.
var meanings = map[string]string{
	"first_name": "person.first_name", "given_name": "person.first_name", "firstname": "person.first_name",
	"last_name": "person.last_name", "family_name": "person.last_name", "surname": "person.last_name", "lastname": "person.last_name",
	"full_name": "person.name", "customer_name": "person.name", "user_name": "username", "patient_name": "person.name",
	"contact_name": "person.name", "guest_name": "person.name", "owner_name": "person.name", "author": "person.name",
	"employee_name": "person.name", "holder": "person.name", "assignee": "person.name", "display_name": "person.name",
	"instructor": "person.name", "doctor": "person.name", "sender": "person.name", "real_name": "person.name",
	"email": "email", "mail": "email", "email_address": "email", "phone": "phone", "phone_number": "phone", "mobile": "phone",
	"telephone": "phone", "fax": "phone", "msisdn": "phone", "username": "username", "login": "username", "handle": "username",
	"street": "address.street", "address": "address.street", "address1": "address.street", "address_line1": "address.street", "line1": "address.street", "street_address": "address.street",
	"city": "city", "town": "city", "state": "state", "province": "state", "region": "state", "country": "country", "country_code": "country", "nationality": "country",
	"zip": "zip", "zip_code": "zip", "zipcode": "zip", "postal_code": "zip", "postcode": "zip", "location": "city", "origin": "city", "destination": "city",
	"company": "company", "company_name": "company", "organization": "company", "vendor": "company", "employer": "company", "brand": "company", "manufacturer": "company", "supplier": "company", "airline": "company",
	"job": "job", "job_title": "job", "position": "job", "occupation": "job",
	"price": "money", "amount": "money", "total": "money", "cost": "money", "balance": "money", "fee": "money", "salary": "money",
	"subtotal": "money", "tax": "money", "total_price": "money", "total_amount": "money", "budget": "money", "revenue": "money", "fare": "money", "rent": "money", "deposit": "money", "wage": "money",
	"currency": "currency", "currency_code": "currency", "count": "count", "num": "count", "quantity": "quantity", "qty": "quantity", "stock": "quantity", "inventory": "quantity", "seats": "quantity",
	"percent": "percent", "percentage": "percent", "discount": "percent", "rate": "percent", "humidity": "percent", "progress": "percent",
	"rating": "rating", "score": "rating", "stars": "rating", "date": "date", "day": "date", "time": "datetime", "timestamp": "datetime",
	"datetime": "datetime", "at": "datetime", "date_of_birth": "date.birth", "birth_date": "date.birth", "birthday": "date.birth", "dob": "date.birth", "birthdate": "date.birth",
	"created_at": "date.created", "created": "date.created", "creation_date": "date.created", "created_on": "date.created", "created_date": "date.created", "date_created": "date.created", "created_time": "date.created",
	"updated_at": "date.updated", "updated": "date.updated", "modified": "date.updated", "modified_at": "date.updated", "last_modified": "date.updated", "date_updated": "date.updated", "last_updated": "date.updated", "updated_time": "date.updated", "updated_on": "date.updated",
	"due_date": "date", "start_date": "date", "end_date": "date", "url": "url", "uri": "url", "link": "url", "href": "url", "website": "url", "homepage": "url", "webhook": "url", "endpoint": "url",
	"image": "image", "image_url": "image", "avatar": "image", "photo": "image", "picture": "image", "thumbnail": "image", "logo": "image", "icon": "image", "avatar_url": "image", "thumbnail_url": "image",
	"color": "color", "colour": "color", "product": "product", "product_name": "product", "item_name": "product", "category": "category", "genre": "category", "department": "category", "topic": "category", "specialty": "category",
	"title": "title", "subject": "title", "headline": "title", "heading": "title", "label": "title", "summary": "sentence", "description": "paragraph", "content": "paragraph", "body": "paragraph", "text": "sentence",
	"bio": "paragraph", "message": "sentence", "comment": "sentence", "caption": "sentence", "reason": "sentence", "note": "note", "notes": "note", "remarks": "note", "instructions": "note", "feedback": "note",
	"code": "code", "reference": "code", "number": "code", "serial": "code", "sku": "sku", "barcode": "code", "iban": "iban", "airport": "airport", "iata": "airport", "departure_airport": "airport", "arrival_airport": "airport", "flight": "flight", "flight_number": "flight",
	"language": "language", "locale": "language", "lang": "language", "timezone": "timezone", "time_zone": "timezone", "tz": "timezone", "latitude": "latitude", "lat": "latitude", "longitude": "longitude", "lng": "longitude", "lon": "longitude",
	"ip": "ip", "ip_address": "ip", "version": "version", "filename": "filename", "file_name": "filename", "file": "filename", "path": "filename", "mime_type": "mime", "content_type": "mime", "mimetype": "mime", "media_type": "mime",
	"duration": "duration", "minutes": "duration", "hours": "duration", "seconds": "duration", "length": "duration", "weight": "weight", "id": "id", "uuid": "id", "guid": "id", "slug": "slug", "tag": "tag", "tags": "tag", "keyword": "tag", "keywords": "tag", "labels": "tag",
}

// named says what the name of an entity is about, where it is no person.
var named = map[string]string{
	"product": "product", "item": "product", "city": "city", "country": "country", "company": "company", "organization": "company",
	"vendor": "company", "supplier": "company", "merchant": "company", "file": "filename", "document": "filename",
	"category": "category", "tag": "tag", "label": "tag", "currency": "currency", "language": "language", "airport": "airport",
	"branch": "slug", "repository": "slug", "repo": "slug", "hotel": "company", "store": "company", "restaurant": "company", "account": "company",
	"team": "category", "department": "category", "state": "state", "timezone": "timezone", "brand": "company",
}

// semantic returns what a column is about, empty where its name does not say.
func semantic(entity string, c scaler.Column) string {
	switch c.Format {
	case "email":
		return "email"
	case "uuid":
		return "id"
	}
	if c.Type == "boolean" {
		return "boolean"
	}
	n := snake(c.Name)
	if n == "name" || n == entity+"_name" {
		return nameOf(entity)
	}
	if m := ownMeanings[lastWord(entity)][n]; m != "" && c.Type == "string" {
		return m
	}
	for rest := n; rest != ""; _, rest, _ = strings.Cut(rest, "_") {
		if m, ok := meanings[rest]; ok && fits(m, c) {
			return m
		}
	}
	switch c.Format {
	case "date":
		return "date"
	case "date-time":
		return "datetime"
	case "uri", "url":
		return "url"
	case "ipv4", "ipv6":
		return "ip"
	}
	return ""
}

// ownMeanings say what columns are about that mean something else on other things:
// a mail is sent to an address, a file moved to a path.
var ownMeanings = func() map[string]map[string]string {
	mail := map[string]string{"to": "email", "cc": "email", "bcc": "email", "from": "email"}
	file := map[string]string{"source": "filename", "destination": "filename", "from": "filename", "to": "filename"}
	return map[string]map[string]string{"email": mail, "mail": mail, "draft": mail, "file": file, "directory": file, "folder": file}
}()

func nameOf(entity string) string {
	last := lastWord(entity)
	if words.Person(last) {
		return "person.name"
	}
	if m, ok := named[last]; ok {
		return m
	}
	return "title"
}

// numeric are the meanings a number can have; the others need text.
var numeric = wordSet("money count quantity percent rating duration weight latitude longitude id date datetime date.created date.updated code")

func fits(meaning string, c scaler.Column) bool {
	switch c.Type {
	case "integer", "number":
		return numeric[meaning]
	case "string":
		return meaning != "count" && meaning != "quantity" && meaning != "rating" || c.Format == ""
	case "array":
		return true
	}
	return false
}
