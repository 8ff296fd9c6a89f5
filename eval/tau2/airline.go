package tau2

import (
	"github.com/agentscaler/scaler/eval/rows"
	"iter"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

var airlineTools = []tool{
	write("book_reservation", bookReservation, "user_id", "origin", "destination", "flight_type", "cabin", "flights", "passengers",
		"payment_methods", "total_baggages", "nonfree_baggages", "insurance"),
	read("calculate", calculate, "expression"),
	write("cancel_reservation", cancelReservation, "reservation_id"),
	read("get_reservation_details", func(e *Env, a []any) any { return getReservation(e, a[0]) }, "reservation_id"),
	read("get_user_details", func(e *Env, a []any) any { return getPerson(e, a[0]) }, "user_id"),
	read("list_all_airports", listAirports),
	read("search_direct_flight", searchDirect, "origin", "destination", "date"),
	read("search_onestop_flight", searchOneStop, "origin", "destination", "date"),
	write("send_certificate", sendCertificate, "user_id", "amount"),
	read("transfer_to_human_agents", transfer, "summary"),
	write("update_reservation_baggages", updateBaggages, "reservation_id", "total_baggages", "nonfree_baggages", "payment_id"),
	write("update_reservation_flights", updateFlights, "reservation_id", "cabin", "flights", "payment_id"),
	write("update_reservation_passengers", updatePassengers, "reservation_id", "passengers"),
	read("get_flight_status", func(e *Env, a []any) any { return get(getDay(e, a[0], a[1]), "status") }, "flight_number", "date"),
}

const now = "2024-05-15T15:00:00"

// airports are the codes and cities that list_all_airports knows, in its order.
var airports = []string{"SFO", "San Francisco", "JFK", "New York", "LAX", "Los Angeles", "ORD", "Chicago", "DFW", "Dallas",
	"DEN", "Denver", "SEA", "Seattle", "ATL", "Atlanta", "MIA", "Miami", "BOS", "Boston", "PHX", "Phoenix", "IAH", "Houston",
	"LAS", "Las Vegas", "MCO", "Orlando", "EWR", "Newark", "CLT", "Charlotte", "MSP", "Minneapolis", "DTW", "Detroit",
	"PHL", "Philadelphia", "LGA", "LaGuardia"}

func listAirports(*Env, []any) any {
	var list []any
	for i := 0; i < len(airports); i += 2 {
		list = append(list, object("iata", airports[i], "city", airports[i+1]))
	}
	return list
}

func getReservation(e *Env, id any) *pyjson.Object {
	return fetch(e, "reservations", id, "Reservation "+python.Str(id)+" not found")
}

func getPerson(e *Env, id any) *pyjson.Object {
	return fetch(e, "users", id, "User "+python.Str(id)+" not found")
}

func getFlight(e *Env, number any) *pyjson.Object {
	return fetch(e, "flights", number, "Flight "+python.Str(number)+" not found")
}

// getDay is a flight on a date.
func getDay(e *Env, number, date any) any {
	dates := get(getFlight(e, number), "dates")
	if !python.In(date, dates) {
		refuse("Flight %s not found on date %s", python.Str(number), python.Str(date))
	}
	return python.Index(dates, date)
}

// models turns a list of dicts into models; a list with anything else in it
// stays as it is.
func models(v any, m *model) any {
	list := python.Iter(v)
	for _, item := range list {
		if _, ok := item.(*pyjson.Object); !ok {
			return v
		}
	}
	made := make([]any, len(list))
	for i, item := range list {
		made[i] = instance{m.make(item.(*pyjson.Object))}
	}
	return made
}

// An instance is a model among values that may be anything: only it has
// attributes.
type instance struct{ *pyjson.Object }

// attribute is v.name.
func attribute(v any, name string) any {
	i, ok := v.(instance)
	if !ok {
		python.NoAttribute(v, name)
	}
	return get(i.Object, name)
}

// plain turns instances back into values.
func plain(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	out := make([]any, len(list))
	for i, item := range list {
		if made, ok := item.(instance); ok {
			item = made.Clone()
		}
		out[i] = item
	}
	return out
}

// seat checks that a flight can be booked and returns it as a reservation keeps
// it.
func seat(e *Env, info, cabin any, people int64) *pyjson.Object {
	number := attribute(info, "flight_number")
	flight := getFlight(e, number)
	date := attribute(info, "date")
	day := getDay(e, number, date)
	if get(day, "status") != "available" {
		refuse("Flight %s not available on date %s", python.Str(number), python.Str(date))
	}
	if python.Less(python.Index(get(day, "available_seats"), cabin), people, "<") {
		refuse("Not enough seats on flight %s", python.Str(number))
	}
	return reservedFlight.make(object("flight_number", number, "origin", get(flight, "origin"), "destination", get(flight, "destination"),
		"date", date, "price", python.Index(get(day, "prices"), cabin)))
}

func newReservationID(e *Env) string {
	for _, id := range []string{"HATHAT", "HATHAU", "HATHAV"} {
		if _, taken := e.Row("reservations", id); !taken {
			return id
		}
	}
	refuse("Too many reservations")
	return ""
}

func bookReservation(e *Env, a []any) any {
	userID, cabin, nonfree, insurance := a[0], a[4], a[9], a[10]
	flights, passengers, payments := models(a[5], flightInfo), models(a[6], passengerModel), models(a[7], paymentModel)
	user := getPerson(e, userID)
	id := newReservationID(e)
	reservation := reservationModel.make(object("reservation_id", id, "user_id", userID, "origin", a[1], "destination", a[2],
		"flight_type", a[3], "cabin", cabin, "flights", []any{}, "passengers", plain(passengers), "payment_history", plain(payments),
		"created_at", now, "total_baggages", a[8], "nonfree_baggages", nonfree, "insurance", insurance))
	people := python.Len(passengers)
	var price any = int64(0)
	for _, info := range python.Iter(flights) {
		booked := seat(e, info, cabin, people)
		extend(reservation, "flights", booked)
		price = python.Add(price, python.Mul(get(booked, "price"), people, "*"), "+=")
	}
	if insurance == "yes" {
		price = python.Add(price, 30*people, "+=")
	}
	price = python.Add(price, python.Mul(int64(50), nonfree, "*"), "+=")
	checkPayments(user, payments, price)
	user = e.Edit("users", userID.(string))
	pay(user, payments)
	for _, info := range python.Iter(flights) {
		seats := e.EditPath("flights", attribute(info, "flight_number").(string), "dates", attribute(info, "date").(string), "available_seats")
		seats.Set(cabin.(string), python.Sub(get(seats, cabin.(string)), people, "-="))
	}
	e.Insert("reservations", id, reservation)
	extend(user, "reservations", id)
	return reservation
}

func checkPayments(user *pyjson.Object, payments, price any) {
	methods := get(user, "payment_methods")
	var amounts []any
	for _, p := range python.Iter(payments) {
		id, amount := attribute(p, "payment_id"), attribute(p, "amount")
		if !python.In(id, methods) {
			refuse("Payment method %s not found", python.Str(id))
		}
		method := python.Index(methods, id)
		source := get(method, "source")
		if (source == "gift_card" || source == "certificate") && python.Less(get(method, "amount"), amount, "<") {
			refuse("Not enough balance in payment method %s", python.Str(id))
		}
		amounts = append(amounts, amount)
	}
	if paid := python.Sum(amounts); !python.Equal(paid, price) {
		refuse("Payment amount does not add up, total price is %s, but paid %s", python.Str(price), python.Str(paid))
	}
}

// pay takes what was paid from the user's methods. A certificate is used up, so
// one that is named twice fails here, after the first payment.
func pay(user *pyjson.Object, payments any) {
	methods := get(user, "payment_methods").(*pyjson.Object)
	for _, p := range python.Iter(payments) {
		id, amount := attribute(p, "payment_id"), attribute(p, "amount")
		method := python.Index(methods, id)
		switch get(method, "source") {
		case "gift_card":
			set(method, "amount", python.Sub(get(method, "amount"), amount, "-="))
		case "certificate":
			methods.Delete(id.(string))
		}
	}
}

func cancelReservation(e *Env, a []any) any {
	reservation := getReservation(e, a[0])
	var refunds []any
	for _, p := range get(reservation, "payment_history").([]any) {
		refunds = append(refunds, paymentModel.make(object("payment_id", get(p, "payment_id"), "amount", python.Neg(get(p, "amount")))))
	}
	reservation = e.Edit("reservations", a[0].(string))
	extend(reservation, "payment_history", refunds...)
	reservation.Set("status", "cancelled")
	return reservation
}

// leaving yields the flights from an airport, or all where it is nil.
func (e *Env) leaving(origin any) iter.Seq[*pyjson.Object] {
	flights := e.All("flights")
	if origin != nil {
		airport, _ := origin.(string) // no flight leaves from anything else
		flights = e.By(byOrigin, airport)
	}
	return func(yield func(*pyjson.Object) bool) {
		for _, flight := range flights {
			if !yield(flight) {
				return
			}
		}
	}
}

var byOrigin = &rows.Index{Table: "flights", Keys: originOf}

func originOf(flight *pyjson.Object) []string { return []string{get(flight, "origin").(string)} }

// direct lists flights on a date; a nil origin or destination is any, and
// earliest, where it is not empty, the earliest time of departure.
func direct(e *Env, origin, destination, date any, earliest string) []any {
	found := []any{}
	for flight := range e.leaving(origin) {
		if destination != nil && !python.Equal(get(flight, "destination"), destination) || !python.In(date, get(flight, "dates")) {
			continue
		}
		day := python.Index(get(flight, "dates"), date)
		departure := get(flight, "scheduled_departure_time_est").(string)
		if get(day, "status") != "available" || departure < earliest {
			continue
		}
		found = append(found, object("flight_number", get(flight, "flight_number"), "origin", get(flight, "origin"),
			"destination", get(flight, "destination"), "status", "available", "scheduled_departure_time_est", departure,
			"scheduled_arrival_time_est", get(flight, "scheduled_arrival_time_est"), "date", nil,
			"available_seats", get(day, "available_seats"), "prices", get(day, "prices")))
	}
	return found
}

func searchDirect(e *Env, a []any) any { return direct(e, a[0], a[1], a[2], "") }

// searchOneStop builds dates like "2024-05-9" for a leg on the day after, as the
// original does.
func searchOneStop(e *Env, a []any) any {
	origin, destination, date := a[0], a[1], a[2]
	found := []any{}
	for _, first := range direct(e, origin, nil, date, "") {
		set(first, "date", date)
		arrival := get(first, "scheduled_arrival_time_est").(string)
		date2 := date
		if strings.Contains(arrival, "+1") {
			day := date.(string) // it is a key of dates
			date2 = "2024-05-" + strconv.FormatInt(python.Int(day[max(0, len(day)-2):])+1, 10)
		}
		for _, second := range direct(e, get(first, "destination"), destination, date2, arrival) {
			set(second, "date", date2)
			found = append(found, []any{first, second})
		}
	}
	return found
}

func sendCertificate(e *Env, a []any) any {
	userID, amount := a[0], a[1]
	user := getPerson(e, userID)
	for _, id := range []string{"certificate_3221322", "certificate_3221323", "certificate_3221324"} {
		if python.In(id, get(user, "payment_methods")) {
			continue
		}
		made := certificate.make(object("source", "certificate", "id", id, "amount", amount))
		set(get(e.Edit("users", userID.(string)), "payment_methods"), id, made)
		return "Certificate " + id + " added to user " + userID.(string) + " with amount " + python.Str(amount) + "."
	}
	refuse("Too many certificates")
	return nil
}

// payUpdate pays for an update; it returns the payment to record, or nil where
// there is nothing to pay. The gift card is charged before the payment is found
// to be no whole number.
func payUpdate(e *Env, reservation *pyjson.Object, id, price any) *pyjson.Object {
	userID := get(reservation, "user_id").(string)
	methods := get(getPerson(e, userID), "payment_methods")
	if !python.In(id, methods) {
		refuse("Payment method not found")
	}
	method := python.Index(methods, id)
	switch get(method, "source") {
	case "certificate":
		refuse("Certificate cannot be used to update reservation")
	case "gift_card":
		if python.Less(get(method, "amount"), price, "<") {
			refuse("Gift card balance is not enough")
		}
		card := get(e.Edit("users", userID), "payment_methods", id.(string))
		set(card, "amount", python.Sub(get(card, "amount"), price, "-="))
	}
	if python.Equal(price, int64(0)) {
		return nil
	}
	return paymentModel.make(object("payment_id", id, "amount", price))
}

func updateBaggages(e *Env, a []any) any {
	id, total, nonfree, paymentID := a[0], a[1], a[2], a[3]
	reservation := getReservation(e, id)
	price := python.Mul(int64(50), python.Max(int64(0), python.Sub(nonfree, get(reservation, "nonfree_baggages"), "-")), "*")
	payment := payUpdate(e, reservation, paymentID, price)
	reservation = e.Edit("reservations", id.(string))
	if payment != nil {
		extend(reservation, "payment_history", payment)
	}
	reservation.Set("total_baggages", total)
	reservation.Set("nonfree_baggages", nonfree)
	return reservation
}

// kept returns the flight of a reservation that a new one repeats, if any.
func kept(reservation *pyjson.Object, info, cabin any) any {
	for _, f := range get(reservation, "flights").([]any) {
		if python.Equal(get(f, "flight_number"), attribute(info, "flight_number")) &&
			python.Equal(get(f, "date"), attribute(info, "date")) && python.Equal(cabin, get(reservation, "cabin")) {
			return f
		}
	}
	return nil
}

func updateFlights(e *Env, a []any) any {
	id, cabin, paymentID := a[0], a[1], a[3]
	infos := models(a[2], flightInfo)
	reservation := getReservation(e, id)
	people := func() int64 { return python.Len(get(reservation, "passengers")) }
	var price any = int64(0)
	flights := []any{}
	for _, info := range python.Iter(infos) {
		f := kept(reservation, info, cabin)
		if f == nil {
			f = seat(e, info, cabin, people())
		}
		price = python.Add(price, python.Mul(get(f, "price"), people(), "*"), "+=")
		flights = append(flights, f)
	}
	var before []any
	for _, f := range get(reservation, "flights").([]any) {
		before = append(before, get(f, "price"))
	}
	price = python.Sub(price, python.Mul(python.Sum(before), people(), "*"), "-=")
	payment := payUpdate(e, reservation, paymentID, price)
	reservation = e.Edit("reservations", id.(string))
	if payment != nil {
		extend(reservation, "payment_history", payment)
	}
	reservation.Set("flights", flights)
	reservation.Set("cabin", cabin)
	return reservation
}

func updatePassengers(e *Env, a []any) any {
	passengers := models(a[1], passengerModel)
	reservation := getReservation(e, a[0])
	if python.Len(passengers) != python.Len(get(reservation, "passengers")) {
		refuse("Number of passengers does not match")
	}
	reservation = e.Edit("reservations", a[0].(string))
	reservation.Set("passengers", plain(passengers))
	return reservation
}
