package tau2

var (
	cabinClass = literal("business", "economy", "basic_economy")

	personName = &model{name: "Name", fields: []modelField{need("first_name", str), need("last_name", str)}}

	airlineAddress = &model{name: "Address", fields: []modelField{
		need("address1", str), may("address2", optional(str), nil), need("city", str), need("country", str), need("state", str), need("zip", str)}}

	paymentModel = &model{name: "Payment", fields: []modelField{need("payment_id", str), need("amount", integer)}}

	certificate = &model{name: "Certificate", fields: []modelField{need("source", str), need("id", str), need("amount", float)}}

	airlineMethod = oneOf("source", map[string]*model{
		"credit_card": {name: "CreditCard", fields: []modelField{need("source", str), need("id", str), need("brand", str), need("last_four", str)}},
		"gift_card":   {name: "GiftCard", fields: []modelField{need("source", str), need("id", str), need("amount", float)}},
		"certificate": certificate})

	passengerModel = &model{name: "Passenger", fields: []modelField{need("first_name", str), need("last_name", str), need("dob", str)}}

	flightDay = oneOf("status", map[string]*model{
		"available": {name: "FlightDateStatusAvailable", fields: []modelField{
			need("status", str), need("available_seats", dictOf(integer)), need("prices", dictOf(integer))}},
		"landed": {name: "FlightDateStatusLanded", fields: []modelField{
			need("status", str), need("actual_departure_time_est", str), need("actual_arrival_time_est", str)}},
		"cancelled": {name: "FlightDateStatusCancelled", fields: []modelField{need("status", str)}},
		"delayed": {name: "FlightDateStatusDelayed", fields: []modelField{
			need("status", str), need("estimated_departure_time_est", str), need("estimated_arrival_time_est", str)}},
		"flying": {name: "FlightDataStatusFlying", fields: []modelField{
			need("status", str), need("actual_departure_time_est", str), need("estimated_arrival_time_est", str)}},
		"on time": {name: "FlightDataStatusOnTime", fields: []modelField{
			need("status", str), need("estimated_departure_time_est", str), need("estimated_arrival_time_est", str)}}})

	flightModel = &model{name: "Flight", fields: []modelField{
		need("flight_number", str), need("origin", str), need("destination", str),
		need("scheduled_departure_time_est", str), need("scheduled_arrival_time_est", str), need("dates", dictOf(flightDay))}}

	flightInfo = &model{name: "FlightInfo", fields: []modelField{need("flight_number", str), need("date", str)}}

	reservedFlight = &model{name: "ReservationFlight", fields: []modelField{
		need("flight_number", str), need("origin", str), need("destination", str), need("date", str), need("price", integer)}}

	airlineUser = &model{name: "User", fields: []modelField{
		need("user_id", str), need("name", personName.check), need("address", airlineAddress.check), need("email", str), need("dob", str),
		need("payment_methods", dictOf(airlineMethod)), need("saved_passengers", listOf(passengerModel.check)),
		need("membership", literal("gold", "silver", "regular")), need("reservations", listOf(str))}}

	reservationModel = &model{name: "Reservation", fields: []modelField{
		need("reservation_id", str), need("user_id", str), need("origin", str), need("destination", str),
		need("flight_type", literal("round_trip", "one_way")), need("cabin", cabinClass), need("flights", listOf(reservedFlight.check)),
		need("passengers", listOf(passengerModel.check)), need("payment_history", listOf(paymentModel.check)), need("created_at", str),
		need("total_baggages", integer), need("nonfree_baggages", integer), need("insurance", literal("yes", "no")),
		may("status", optional(literal("cancelled")), nil)}}

	airlineData = &model{name: "FlightDB", forbid: true, fields: []modelField{
		need("flights", dictOf(flightModel.check)), need("users", dictOf(airlineUser.check)), need("reservations", dictOf(reservationModel.check))}}
)
