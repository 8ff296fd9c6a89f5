package acebench

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

type travel struct {
	users        *pyjson.Object
	flights      []any
	reservations []any
}

var cities = map[string]string{
	"Beijing": "北京", "Shanghai": "上海", "Nanjing": "南京", "Shenzhen": "深圳", "Xiamen": "厦门", "Chengdu": "成都", "Fuzhou": "福州",
}

// newTravel is the class before anything has happened. Its clock stands at
// 2024-07-14 06:00, more than a day before every flight: the official code for
// flights that have left or leave sooner is never reached.
func newTravel(lang string) travel {
	city := func(name string) string {
		if lang == "zh" {
			return cities[name]
		}
		return name
	}
	cabin := func(s sentence) string {
		if lang == "zh" {
			return s.zh
		}
		return s.en
	}
	t := travel{users: pyjson.NewObject(3)}
	for _, u := range []struct {
		id, name, password string
		cash, bank         float64
		level              string
	}{
		{"user1", "Eve", "password123", 2000, 50000, "regular"},
		{"user2", "Frank", "password456", 8000, 8000, "silver"},
		{"user3", "Grace", "password789", 1000, 5000, "gold"},
	} {
		t.users.Set(u.id, object("user_name", u.name, "password", u.password, "cash_balance", u.cash, "bank_balance", u.bank, "membership_level", u.level))
	}
	for _, f := range []struct {
		number, from, to, day, departs, arrives string
		seats, economy, business                int64
	}{
		{"CA1234", "Beijing", "Shanghai", "15", "08:00", "10:30", 5, 1200, 3000},
		{"MU5678", "Shanghai", "Beijing", "16", "09:00", "11:30", 3, 1900, 3000},
		{"CZ4321", "Shanghai", "Beijing", "16", "20:00", "22:00", 8, 2500, 4000},
		{"CZ4352", "Shanghai", "Beijing", "17", "20:00", "22:00", 8, 1600, 2500},
		{"MU3561", "Beijing", "Nanjing", "18", "08:00", "10:00", 8, 1500, 4000},
		{"MU1566", "Beijing", "Nanjing", "18", "20:00", "22:00", 8, 1500, 4000},
		{"CZ1765", "Nanjing", "Shenzhen", "17", "20:30", "22:00", 8, 1500, 2500},
		{"CZ1765", "Nanjing", "Shenzhen", "18", "12:30", "15:00", 8, 1500, 2500},
		{"MH1765", "Xiamen", "Chengdu", "17", "12:30", "15:00", 8, 1500, 2500},
		{"MH2616", "Chengdu", "Xiamen", "18", "18:30", "21:00", 8, 1500, 2500},
		{"MH2616", "Chengdu", "Fuzhou", "16", "18:30", "21:00", 8, 1500, 2500},
	} {
		at := func(clock string) string { return "2024-07-" + f.day + " " + clock + ":00" }
		t.flights = append(t.flights, object("flight_no", f.number, "origin", city(f.from), "destination", city(f.to),
			"depart_time", at(f.departs), "arrival_time", at(f.arrives), "status", "available",
			"seats_available", f.seats, "economy_price", f.economy, "business_price", f.business))
	}
	for i, r := range []struct {
		user, flight string
		cabin        sentence
		from, to     string
	}{
		{"user1", "CA1234", economy, "Beijing", "Shanghai"},
		{"user1", "MU5678", business, "Shanghai", "Beijing"},
		{"user2", "MH1765", business, "Xiamen", "Chengdu"},
		{"user2", "MU2616", business, "Chengdu", "Xiamen"},
	} {
		t.reservations = append(t.reservations, object("reservation_id", fmt.Sprintf("res_%d", i+1), "user_id", r.user, "flight_no", r.flight,
			"payment_method", "bank", "cabin", cabin(r.cabin), "baggage", int64(1), "origin", city(r.from), "destination", city(r.to)))
	}
	return t
}

// rowWhere is the first row whose fields are as given; nil if none is.
func rowWhere(rows []any, pairs ...any) *pyjson.Object {
	for _, row := range rowsWhere(rows, pairs...) {
		return row.(*pyjson.Object)
	}
	return nil
}

func rowsWhere(rows []any, pairs ...any) []any {
	var out []any
	for _, row := range rows {
		same := true
		for i := 0; i < len(pairs) && same; i += 2 {
			same = python.Equal(python.Index(row, pairs[i]), pairs[i+1])
		}
		if same {
			out = append(out, row)
		}
	}
	return out
}

func flightDetails(s *Session, a []any) any {
	flights := s.flights
	if python.Bool(a[0]) {
		flights = rowsWhere(flights, "origin", a[0])
	}
	if python.Bool(a[1]) {
		flights = rowsWhere(flights, "destination", a[1])
	}
	if len(flights) == 0 {
		return s.say(noFlights)
	}
	return pyjson.Clone(flights)
}

func (s *Session) loginFailed() *pyjson.Object {
	return object("status", "error", "message", s.say(badLogin))
}

// authenticate returns the user's row itself, or an object that is an error.
func authenticate(s *Session, a []any) any {
	if python.In(a[0], s.travel.users) {
		user := python.Index(s.travel.users, a[0])
		if python.Equal(python.Index(user, "password"), a[1]) {
			return user
		}
	}
	return s.loginFailed()
}

func userDetails(s *Session, a []any) any {
	user := authenticate(s, a).(*pyjson.Object).Clone()
	user.Delete("password")
	return user
}

func reservationDetails(s *Session, a []any) any {
	var rows []any
	switch {
	case python.Bool(a[0]):
		rows = rowsWhere(s.reservations, "reservation_id", a[0])
	case python.Bool(a[1]):
		rows = rowsWhere(s.reservations, "user_id", a[1])
	default:
		return object("status", "error", "message", s.say(needsID))
	}
	out := []any{}
	for _, r := range rows {
		row := r.(*pyjson.Object).Clone()
		row.Set("flight_info", nil)
		if f := s.flightOf(row); f != nil {
			row.Set("flight_info", f)
		}
		out = append(out, row)
	}
	return out
}

func (s *Session) flightOf(reservation *pyjson.Object) *pyjson.Object {
	return rowWhere(s.flights, "flight_no", get(reservation, "flight_no"))
}

// allowances are the bags that fly free, by membership and cabin.
func (s *Session) allowances() *pyjson.Object {
	level := func(e, b int64) *pyjson.Object { return object(s.say(economy), e, s.say(business), b) }
	return object("regular", level(1, 2), "silver", level(2, 3), "gold", level(3, 3))
}

func baggageAllowance(s *Session, a []any) any {
	cabins := pyjson.NewObject(0)
	if all := s.allowances(); python.In(a[0], all) {
		cabins = python.Index(all, a[0]).(*pyjson.Object)
	}
	if python.In(a[1], cabins) {
		return python.Index(cabins, a[1])
	}
	return int64(0)
}

const perBag = int64(50)

func baggageFee(s *Session, a []any) any {
	free := python.Index(python.Index(s.allowances(), a[0]), a[1])
	return python.Mul(python.Max(python.Sub(a[2], free, "-"), int64(0)), perBag, "*")
}

func transferFlights(s *Session, a []any) any {
	first := rowsWhere(s.flights, "origin", a[0], "destination", a[1], "status", "available")
	second := rowsWhere(s.flights, "origin", a[1], "destination", a[2], "status", "available")
	var found []any
	for _, f := range first {
		for _, g := range second {
			if python.Less(python.Index(f, "arrival_time"), python.Index(g, "depart_time"), "<") {
				found = append(found, object("first_leg", f, "second_leg", g))
			}
		}
	}
	if found == nil {
		return s.say(noConnection)
	}
	return found
}

// updateBalance changes what a user has, unless it went below zero. Any other
// way of paying costs nothing.
func updateBalance(_ *Session, a []any) any {
	for _, method := range []string{"cash", "bank"} {
		if !python.Equal(a[1], method) {
			continue
		}
		balance := python.Add(python.Index(a[0], method+"_balance"), a[2], "+")
		if python.Less(balance, int64(0), "<") {
			return false
		}
		python.SetItem(a[0], method+"_balance", balance)
	}
	return true
}

// price of a flight; every cabin but economy is business.
func (s *Session) price(flight, cabin any) any {
	if python.Equal(cabin, s.say(economy)) {
		return python.Index(flight, "economy_price")
	}
	return python.Index(flight, "business_price")
}

func reserveFlight(s *Session, a []any) any {
	id, number, cabin, method, bags := a[0], a[2], a[3], a[4], a[5]
	user := authenticate(s, a[:2])
	var flight any
	if f := rowWhere(s.flights, "flight_no", number, "status", "available"); f != nil {
		flight = f
	}
	total := s.price(flight, cabin)
	total = python.Add(total, baggageFee(s, []any{python.Index(user, "membership_level"), cabin, bags}), "+=")
	short := cashShort
	switch {
	case python.Equal(method, "bank"):
		short = bankShort
	case !python.Equal(method, "cash"):
		return s.say(badPayment)
	}
	account := method.(string) + "_balance"
	balance := python.Index(user, account)
	if python.Less(balance, total, ">") {
		return s.say(short)
	}
	python.SetItem(user, account, python.Sub(balance, total, "-="))
	python.SetItem(flight, "seats_available", python.Sub(python.Index(flight, "seats_available"), int64(1), "-="))
	reservation := fmt.Sprintf("res_%d", len(s.reservations)+1)
	s.reservations = append(s.reservations, object("reservation_id", reservation, "user_id", id, "flight_no", number,
		"payment_method", method, "cabin", cabin, "baggage", bags))
	return s.say(booked, reservation, total)
}

// modifyFlight changes flight, cabin and bags one after the other; what was
// changed before a failure stays changed.
func modifyFlight(s *Session, a []any) any {
	number, cabin, bags, method := a[2], a[3], a[4], a[5]
	reservation := rowWhere(s.reservations, "reservation_id", a[1], "user_id", a[0])
	if reservation == nil {
		return s.say(notYours)
	}
	flight := s.flightOf(reservation)
	if flight == nil {
		return s.say(flightUnknown)
	}
	if !python.Bool(method) {
		method = get(reservation, "payment_method")
	}
	user := python.Index(s.travel.users, a[0])
	var told []string
	if python.Bool(number) && !python.Equal(number, get(reservation, "flight_no")) {
		to := rowWhere(s.flights, "flight_no", number)
		if to == nil || get(to, "origin") != get(flight, "origin") || get(to, "destination") != get(flight, "destination") {
			return s.say(badNewFlight)
		}
		reservation.Set("flight_no", number)
		told = append(told, s.say(flightChanged))
	}
	if python.Bool(cabin) && !python.Equal(cabin, get(reservation, "cabin")) {
		told = s.changeCabin(told, reservation, flight, user, cabin, method)
	}
	if python.Less(int64(0), bags, ">") {
		told = s.addBaggage(told, reservation, user, bags, method)
	}
	if told == nil {
		return s.say(changedFree)
	}
	return strings.Join(told, " ")
}

// changeCabin settles the difference in price on the flight as it was before
// any change; a cabin that cannot be paid for is changed all the same.
func (s *Session) changeCabin(told []string, reservation, flight *pyjson.Object, user, cabin, method any) []string {
	difference := priceDifference(s, []any{flight, get(reservation, "cabin"), cabin})
	reservation.Set("cabin", cabin)
	back := python.Neg(difference)
	switch {
	case python.Less(int64(0), difference, ">"):
		if updateBalance(s, []any{user, method, back}) == true {
			return append(told, s.say(cabinPaid, difference))
		}
		return append(told, s.say(cabinTooDear))
	case python.Less(difference, int64(0), "<"):
		updateBalance(s, []any{user, method, back})
		return append(told, s.say(cabinRefunded, back))
	}
	return told
}

func (s *Session) addBaggage(told []string, reservation *pyjson.Object, user, bags, method any) []string {
	free := baggageAllowance(s, []any{python.Index(user, "membership_level"), get(reservation, "cabin")})
	total := python.Add(get(reservation, "baggage"), bags, "+")
	cost := python.Mul(python.Max(int64(0), python.Sub(total, free, "-")), perBag, "*")
	if python.Less(int64(0), cost, ">") {
		if updateBalance(s, []any{user, method, python.Neg(cost)}) == true {
			told = append(told, s.say(baggagePaid, cost))
		} else {
			told = append(told, s.say(baggageTooDear))
		}
	}
	reservation.Set("baggage", total)
	return told
}

// priceDifference takes a cabin that it does not know for a free one.
func priceDifference(s *Session, a []any) any {
	prices := object(s.say(economy), python.Index(a[0], "economy_price"), s.say(business), python.Index(a[0], "business_price"))
	of := func(cabin any) any {
		if python.In(cabin, prices) {
			return python.Index(prices, cabin)
		}
		return int64(0)
	}
	was := of(a[1])
	return python.Sub(of(a[2]), was, "-")
}

// cancelReservation gives the price back in cash; the reservation stays.
func cancelReservation(s *Session, a []any) any {
	if !python.In(a[0], s.travel.users) {
		return s.say(badUser)
	}
	user := python.Index(s.travel.users, a[0])
	reservation := rowWhere(s.reservations, "reservation_id", a[1], "user_id", a[0])
	if reservation == nil {
		return s.say(badReservation)
	}
	flight := s.flightOf(reservation)
	if flight == nil {
		return s.say(badFlight)
	}
	price := s.price(flight, get(reservation, "cabin"))
	processRefund(s, []any{user, price})
	if python.Equal(a[2], s.say(airlineReason)) {
		return s.say(airlineRefund, price)
	}
	return s.say(earlyRefund, price)
}

func processRefund(_ *Session, a []any) any {
	python.SetItem(a[0], "cash_balance", python.Add(python.Index(a[0], "cash_balance"), a[1], "+="))
	return nil
}
