package tau1

import (
	"iter"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

var (
	searchParams = []string{"origin", "destination", "date"}
	bookParams   = []string{"user_id", "origin", "destination", "flight_type", "cabin", "flights", "passengers",
		"payment_methods", "total_baggages", "nonfree_baggages", "insurance"}
)

var airlineTools = []tool{
	{"book_reservation", "BookReservation", bookParams, bookReservation},
	{"calculate", "Calculate", []string{"expression"}, calculate},
	{"cancel_reservation", "CancelReservation", []string{"reservation_id"}, cancelReservation},
	{"get_reservation_details", "GetReservationDetails", []string{"reservation_id"}, getter("reservations", "Error: user not found")},
	{"get_user_details", "GetUserDetails", []string{"user_id"}, getter("users", "Error: user not found")},
	{"list_all_airports", "ListAllAirports", nil, listAirports},
	{"search_direct_flight", "SearchDirectFlight", searchParams, searchDirect},
	{"search_onestop_flight", "SearchOnestopFlight", searchParams, searchOneStop},
	{"send_certificate", "SendCertificate", []string{"user_id", "amount"}, sendCertificate},
	{"think", "Think", []string{"thought"}, think},
	{terminal, "TransferToHumanAgents", []string{"summary"}, transfer},
	{"update_reservation_baggages", "UpdateReservationBaggages", []string{"reservation_id", "total_baggages", "nonfree_baggages", "payment_id"}, updateBaggages},
	{"update_reservation_flights", "UpdateReservationFlights", []string{"reservation_id", "cabin", "flights", "payment_id"}, updateFlights},
	{"update_reservation_passengers", "UpdateReservationPassengers", []string{"reservation_id", "passengers"}, updatePassengers},
}

const now = "2024-05-15T15:00:00"

// airports are the codes and cities that list_all_airports knows, in its order.
var airports = object("SFO", "San Francisco", "JFK", "New York", "LAX", "Los Angeles", "ORD", "Chicago", "DFW", "Dallas",
	"DEN", "Denver", "SEA", "Seattle", "ATL", "Atlanta", "MIA", "Miami", "BOS", "Boston", "PHX", "Phoenix", "IAH", "Houston",
	"LAS", "Las Vegas", "MCO", "Orlando", "EWR", "Newark", "CLT", "Charlotte", "MSP", "Minneapolis", "DTW", "Detroit",
	"PHL", "Philadelphia", "LGA", "LaGuardia")

func listAirports(s *rows.State, _ []any) any { return dumps(s, airports) }

// newReservationID is the first free of three ids; the third is overwritten.
func newReservationID(s *rows.State) string {
	for _, id := range []string{"HATHAT", "HATHAU"} {
		if _, taken := s.Row("reservations", id); !taken {
			return id
		}
	}
	return "HATHAV"
}

// seat checks that a flight can be booked and writes price and airports into
// it; it returns the price, or the error to answer.
func seat(s *rows.State, flight, cabin any, passengers func() int64) (price, wrong any) {
	number := python.Index(flight, "flight_number")
	data, ok := find(s, "flights", number)
	if !ok {
		return nil, "Error: flight " + python.Str(number) + " not found"
	}
	date := python.Index(flight, "date")
	if !python.In(date, get(data, "dates")) {
		return nil, "Error: flight " + python.Str(number) + " not found on date " + python.Str(date)
	}
	day := python.Index(get(data, "dates"), date)
	if get(day, "status") != "available" {
		return nil, "Error: flight " + python.Str(number) + " not available on date " + python.Str(date)
	}
	if python.Less(python.Index(get(day, "available_seats"), cabin), passengers(), "<") {
		return nil, "Error: not enough seats on flight " + python.Str(number)
	}
	price = python.Index(get(day, "prices"), cabin)
	python.SetItem(flight, "price", price)
	python.SetItem(flight, "origin", get(data, "origin"))
	python.SetItem(flight, "destination", get(data, "destination"))
	return price, nil
}

func bookReservation(s *rows.State, a []any) any {
	userID, origin, destination, flightType, cabin := a[0], a[1], a[2], a[3], a[4]
	flights, passengers, payments, total, nonfree, insurance := pyjson.Clone(a[5]), a[6], a[7], a[8], a[9], a[10]
	user, ok := find(s, "users", userID)
	if !ok {
		return "Error: user not found"
	}
	id := newReservationID(s)
	people := func() int64 { return python.Len(passengers) }
	var price any = int64(0)
	for _, flight := range python.Iter(flights) {
		each, wrong := seat(s, flight, cabin, people)
		if wrong != nil {
			return wrong
		}
		price = python.Add(price, python.Mul(each, people(), "*"), "+=")
	}
	if insurance == "yes" {
		price = python.Add(price, 30*people(), "+=")
	}
	price = python.Add(price, python.Mul(int64(50), nonfree, "*"), "+=")
	if wrong := checkPayments(user, payments, price); wrong != nil {
		return wrong
	}
	user = s.Edit("users", userID.(string))
	pay(user, payments)
	reservation := object("reservation_id", id, "user_id", userID, "origin", origin, "destination", destination,
		"flight_type", flightType, "cabin", cabin, "flights", flights, "passengers", passengers, "payment_history", payments,
		"created_at", now, "total_baggages", total, "nonfree_baggages", nonfree, "insurance", insurance)
	s.Insert("reservations", id, reservation)
	extend(user, "reservations", id)
	return dumps(s, reservation)
}

// stored says whether a payment method holds an amount of its own.
func stored(method any) bool {
	return get(method, "source") == "gift_card" || get(method, "source") == "certificate"
}

func checkPayments(user *pyjson.Object, payments, price any) any {
	methods := get(user, "payment_methods")
	var amounts []any
	for _, p := range python.Iter(payments) {
		id, amount := python.Index(p, "payment_id"), python.Index(p, "amount")
		if !python.In(id, methods) {
			return "Error: payment method " + python.Str(id) + " not found"
		}
		method := python.Index(methods, id)
		if stored(method) && python.Less(get(method, "amount"), amount, "<") {
			return "Error: not enough balance in payment method " + python.Str(id)
		}
		amounts = append(amounts, amount)
	}
	if paid := python.Sum(amounts); !python.Equal(paid, price) {
		return "Error: payment amount does not add up, total price is " + python.Str(price) + ", but paid " + python.Str(paid)
	}
	return nil
}

// pay takes what was paid from the user's methods. A certificate is used up, so
// one that is named twice fails here, after the first payment.
func pay(user *pyjson.Object, payments any) {
	methods := get(user, "payment_methods").(*pyjson.Object)
	for _, p := range python.Iter(payments) {
		id, amount := python.Index(p, "payment_id"), python.Index(p, "amount")
		method := python.Index(methods, id)
		switch get(method, "source") {
		case "gift_card":
			python.SetItem(method, "amount", python.Sub(get(method, "amount"), amount, "-="))
		case "certificate":
			methods.Delete(id.(string))
		}
	}
}

// extendList is list.extend on a field that a call filled with any value.
func extendList(row *pyjson.Object, key, method string, items ...any) {
	list, ok := get(row, key).([]any)
	if !ok {
		python.NoAttribute(get(row, key), method)
	}
	row.Set(key, append(list[:len(list):len(list)], items...))
}

func cancelReservation(s *rows.State, a []any) any {
	reservation, ok := find(s, "reservations", a[0])
	if !ok {
		return "Error: reservation not found"
	}
	var refunds []any
	for _, p := range python.Iter(get(reservation, "payment_history")) {
		refunds = append(refunds, object("payment_id", python.Index(p, "payment_id"), "amount", python.Neg(python.Index(p, "amount"))))
	}
	reservation = s.Edit("reservations", a[0].(string))
	extendList(reservation, "payment_history", "extend", refunds...)
	reservation.Set("status", "cancelled")
	return dumps(s, reservation)
}

// on returns a flight as a search shows it: its fields without the dates, and
// those of one day.
func on(flight *pyjson.Object, date any) *pyjson.Object {
	shown := pyjson.NewObject(flight.Len() + 4)
	for key, v := range flight.All() {
		if key != "dates" {
			shown.Set(key, v)
		}
	}
	for key, v := range python.Index(get(flight, "dates"), date).(*pyjson.Object).All() {
		shown.Set(key, v)
	}
	return shown
}

func available(flight *pyjson.Object, date any) bool {
	return get(python.Index(get(flight, "dates"), date), "status") == "available"
}

// from yields the flights that leave an airport.
func from(s *rows.State, origin any) iter.Seq[*pyjson.Object] {
	return func(yield func(*pyjson.Object) bool) {
		airport, _ := origin.(string) // no flight leaves from anything else
		for _, flight := range s.By(byOrigin, airport) {
			if !yield(flight) {
				return
			}
		}
	}
}

var byOrigin = &rows.Index{Table: "flights", Keys: originOf}

func originOf(flight *pyjson.Object) []string { return []string{get(flight, "origin").(string)} }

func searchDirect(s *rows.State, a []any) any {
	origin, destination, date := a[0], a[1], a[2]
	found := []any{}
	for flight := range from(s, origin) {
		if python.Equal(get(flight, "destination"), destination) &&
			python.In(date, get(flight, "dates")) && available(flight, date) {
			found = append(found, on(flight, date))
		}
	}
	return dumps(s, found)
}

// searchOneStop reads the second leg's day from the first leg's date, as the
// original does, and builds dates like "2024-05-9".
func searchOneStop(s *rows.State, a []any) any {
	origin, destination, date := a[0], a[1], a[2]
	found := []any{}
	for first := range from(s, origin) {
		arrival := get(first, "scheduled_arrival_time_est").(string)
		for second := range from(s, get(first, "destination")) {
			if !python.Equal(get(second, "destination"), destination) {
				continue
			}
			date2 := date
			if strings.Contains(arrival, "+1") {
				date2 = "2024-05-" + strconv.FormatInt(lastTwo(date)+1, 10)
			}
			if arrival > get(second, "scheduled_departure_time_est").(string) {
				continue
			}
			if !python.In(date, get(first, "dates")) || !python.In(date2, get(second, "dates")) ||
				!available(first, date) || !available(second, date2) {
				continue
			}
			leg1, leg2 := on(first, date), on(second, date)
			leg1.Set("date", date)
			leg2.Set("date", date2)
			found = append(found, []any{leg1, leg2})
		}
	}
	return dumps(s, found)
}

// lastTwo is int(date[-2:]).
func lastTwo(date any) int64 {
	switch d := date.(type) {
	case string:
		runes := []rune(d)
		return python.Int(string(runes[max(0, len(runes)-2):]))
	case []any:
		python.Raise("TypeError", "int() argument must be a string, a bytes-like object or a real number, not 'list'")
	case *pyjson.Object:
		python.Raise("KeyError", "slice(-2, None, None)")
	}
	python.Raise("TypeError", "'%s' object is not subscriptable", python.TypeName(date))
	return 0
}

func sendCertificate(s *rows.State, a []any) any {
	userID, amount := a[0], a[1]
	user, ok := find(s, "users", userID)
	if !ok {
		return "Error: user not found"
	}
	for _, id := range []string{"certificate_3221322", "certificate_3221323", "certificate_3221324"} {
		if python.In(id, get(user, "payment_methods")) {
			continue
		}
		user = s.Edit("users", userID.(string))
		python.SetItem(get(user, "payment_methods"), id, object("source", "certificate", "amount", amount, "id", id))
		return "Certificate " + id + " added to user " + userID.(string) + " with amount " + python.Str(amount) + "."
	}
	return nil
}

// updatePayment checks the method that an update is paid with; it returns its
// row, or the error to answer.
func updatePayment(s *rows.State, reservation *pyjson.Object, id, price any) (method, wrong any) {
	user, _ := s.Row("users", get(reservation, "user_id").(string))
	methods := get(user, "payment_methods")
	if !python.In(id, methods) {
		return nil, "Error: payment method not found"
	}
	method = python.Index(methods, id)
	switch get(method, "source") {
	case "certificate":
		return nil, "Error: certificate cannot be used to update reservation"
	case "gift_card":
		if python.Less(get(method, "amount"), price, "<") {
			return nil, "Error: gift card balance is not enough"
		}
	}
	return method, nil
}

// deduct takes the price of an update from a gift card.
func deduct(s *rows.State, reservation *pyjson.Object, method, id, price any) {
	if get(method, "source") != "gift_card" {
		return
	}
	user := s.Edit("users", get(reservation, "user_id").(string))
	card := get(user, "payment_methods", id.(string))
	python.SetItem(card, "amount", python.Sub(get(card, "amount"), price, "-="))
}

func updateBaggages(s *rows.State, a []any) any {
	id, total, nonfree, paymentID := a[0], a[1], a[2], a[3]
	reservation, ok := find(s, "reservations", id)
	if !ok {
		return "Error: reservation not found"
	}
	price := python.Mul(int64(50), python.Max(int64(0), python.Sub(nonfree, get(reservation, "nonfree_baggages"), "-")), "*")
	method, wrong := updatePayment(s, reservation, paymentID, price)
	if wrong != nil {
		return wrong
	}
	reservation = s.Edit("reservations", id.(string))
	reservation.Set("total_baggages", total)
	reservation.Set("nonfree_baggages", nonfree)
	deduct(s, reservation, method, paymentID, price)
	if !python.Equal(price, int64(0)) {
		extendList(reservation, "payment_history", "append", object("payment_id", paymentID, "amount", price))
	}
	return dumps(s, reservation)
}

// kept returns the flight of a reservation that a new one repeats, if any.
func kept(reservation *pyjson.Object, flight, cabin any) any {
	for _, f := range python.Iter(get(reservation, "flights")) {
		if python.Equal(python.Index(f, "flight_number"), python.Index(flight, "flight_number")) &&
			python.Equal(python.Index(f, "date"), python.Index(flight, "date")) &&
			python.Equal(cabin, get(reservation, "cabin")) {
			return f
		}
	}
	return nil
}

func updateFlights(s *rows.State, a []any) any {
	id, cabin, flights, paymentID := a[0], a[1], pyjson.Clone(a[2]), a[3]
	reservation, ok := find(s, "reservations", id)
	if !ok {
		return "Error: reservation not found"
	}
	people := func() int64 { return python.Len(get(reservation, "passengers")) }
	var price any = int64(0)
	for _, flight := range python.Iter(flights) {
		if f := kept(reservation, flight, cabin); f != nil {
			price = python.Add(price, python.Mul(python.Index(f, "price"), people(), "*"), "+=")
			for _, key := range []string{"price", "origin", "destination"} {
				python.SetItem(flight, key, python.Index(f, key))
			}
			continue
		}
		each, wrong := seat(s, flight, cabin, people)
		if wrong != nil {
			return wrong
		}
		price = python.Add(price, python.Mul(each, people(), "*"), "+=")
	}
	var before []any
	for _, flight := range python.Iter(get(reservation, "flights")) {
		before = append(before, python.Index(flight, "price"))
	}
	price = python.Sub(price, python.Mul(python.Sum(before), people(), "*"), "-=")
	method, wrong := updatePayment(s, reservation, paymentID, price)
	if wrong != nil {
		return wrong
	}
	deduct(s, reservation, method, paymentID, price)
	reservation = s.Edit("reservations", id.(string))
	reservation.Set("flights", flights)
	if !python.Equal(price, int64(0)) {
		extendList(reservation, "payment_history", "append", object("payment_id", paymentID, "amount", price))
	}
	return dumps(s, reservation)
}

func updatePassengers(s *rows.State, a []any) any {
	id, passengers := a[0], a[1]
	reservation, ok := find(s, "reservations", id)
	if !ok {
		return "Error: reservation not found"
	}
	if python.Len(passengers) != python.Len(get(reservation, "passengers")) {
		return "Error: number of passengers does not match"
	}
	reservation = s.Edit("reservations", id.(string))
	reservation.Set("passengers", passengers)
	return dumps(s, reservation)
}
