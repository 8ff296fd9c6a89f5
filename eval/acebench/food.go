package acebench

import (
	"math/big"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// eaters are the users of the food platform.
func eaters() *pyjson.Object {
	o := pyjson.NewObject(6)
	for _, u := range []struct {
		name, id, password string
		balance            float64
	}{
		{"Eve", "U100", "password123", 500}, {"Frank", "U101", "password456", 300}, {"Grace", "U102", "password789", 150},
		{"Helen", "U103", "password321", 800}, {"Isaac", "U104", "password654", 400}, {"Jack", "U105", "password654", 120},
	} {
		o.Set(u.name, object("user_id", u.id, "password", u.password, "balance", u.balance))
	}
	return o
}

type product struct {
	name  sentence
	price float64
}

// merchants returns every merchant's menu.
func merchants(lang string) *pyjson.Object {
	in := func(s sentence) string {
		if lang == "zh" {
			return s.zh
		}
		return s.en
	}
	o := pyjson.NewObject(6)
	for _, m := range []struct {
		name sentence
		menu [2]product
	}{
		{sentence{"Domino's", "达美乐"}, [2]product{{sentence{"Margherita Pizza", "玛格丽特披萨"}, 68}, {sentence{"Super Supreme Pizza", "超级至尊披萨"}, 88}}},
		{sentence{"Rice Village Bibimbap", "米村拌饭"}, [2]product{{sentence{"Stone Pot Bibimbap", "石锅拌饭"}, 35}, {sentence{"Korean Beef Bibimbap", "韩式牛肉拌饭"}, 45}}},
		{sentence{"Haidilao", "海底捞"}, [2]product{{sentence{"Beef Rolls", "牛肉卷"}, 68}, {sentence{"Seafood Platter", "海鲜拼盘"}, 88}}},
		{sentence{"Heytea", "喜茶"}, [2]product{{sentence{"Cheese Milk Tea", "芝士奶茶"}, 25}, {sentence{"Four Seasons Spring Milk Tea", "四季春奶茶"}, 22}}},
		{sentence{"Hema Fresh", "盒马生鲜"}, [2]product{{sentence{"Organic Vegetable Pack", "有机蔬菜包"}, 15}, {sentence{"Fresh Gift Pack", "生鲜大礼包"}, 99}}},
		{sentence{"Jiutian BBQ", "九田家烤肉"}, [2]product{{sentence{"Korean Grilled Beef", "韩式烤牛肉"}, 128}, {sentence{"Grilled Pork Belly", "烤五花肉"}, 78}}},
	} {
		menu := make([]any, len(m.menu))
		for i, p := range m.menu {
			menu[i] = object("product", in(p.name), "price", p.price)
		}
		o.Set(in(m.name), menu)
	}
	return o
}

func loginFood(s *Session, a []any) any {
	switch {
	case python.Equal(s.wifi, false):
		return s.refuse(loginNeedsWifi)
	case !python.In(a[0], s.phone.users):
		return s.refuse(noSuchUser)
	case !python.Equal(python.Index(python.Index(s.phone.users, a[0]), "password"), a[1]):
		return s.refuse(wrongPassword)
	case python.In(a[0], s.loggedInUsers):
		return s.refuse(alreadyIn, a[0])
	}
	s.loggedInUsers = append(s.loggedInUsers, a[0])
	s.loggedInNow.Set("logged_in_users", s.loggedInUsers)
	return s.done(nowIn, a[0])
}

func viewLoggedIn(s *Session, _ []any) any {
	if len(s.loggedInUsers) == 0 {
		return s.refuse(nobodyIn)
	}
	return s.loggedInNow
}

func checkBalance(s *Session, a []any) any {
	if python.In(a[0], s.phone.users) {
		return python.Index(python.Index(s.phone.users, a[0]), "balance")
	}
	return 0.0
}

func orderFood(s *Session, a []any) any {
	user, merchant := a[0], a[1]
	if !python.In(user, s.loggedInUsers) {
		return s.refuse(notIn, user)
	}
	if !python.In(merchant, s.merchants) {
		return s.refuse(noMerchant)
	}
	menu := python.Index(s.merchants, merchant).([]any)
	var total any = 0.0
	items := []any{}
	for _, item := range python.Iter(a[2]) {
		line, refusal := s.orderLine(item, menu, merchant)
		if refusal != nil {
			return refusal
		}
		total = python.Add(total, python.Mul(get(line, "price_per_unit"), get(line, "quantity"), "*"), "+=")
		items = append(items, line)
	}
	row := python.Index(s.phone.users, user).(*pyjson.Object)
	balance := get(row, "balance")
	// The Chinese class refuses to spend the last coin, the English one does not.
	if python.Less(balance, total, ">") || s.lang == "zh" && python.Equal(balance, total) {
		return s.refuse(tooDear)
	}
	row.Set("balance", python.Sub(balance, total, "-="))
	s.orders = append(s.orders, object("user_name", user, "merchant_name", merchant, "items", items, "total_price", total))
	return s.done(ordered, merchant, total)
}

// orderLine is one product of an order, or why it is refused.
func (s *Session) orderLine(item any, menu []any, merchant any) (line *pyjson.Object, refusal any) {
	o, ok := item.(*pyjson.Object)
	if !ok {
		python.NoAttribute(item, "get")
	}
	name := get(o, "product")
	quantity, ok := o.Get("quantity")
	if !ok {
		quantity = int64(1)
	}
	if !positive(quantity) {
		return nil, s.refuse(badQuantity, quantity, name)
	}
	for _, p := range menu {
		if python.Equal(python.Index(p, "product"), name) {
			return object("product", name, "quantity", quantity, "price_per_unit", python.Index(p, "price")), nil
		}
	}
	return nil, s.refuse(notOnMenu, name, merchant)
}

// positive holds for whole numbers above 0, and for True, which is one.
func positive(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case int64:
		return v > 0
	case *big.Int:
		return v.Sign() > 0
	}
	return false
}

func getProducts(s *Session, a []any) any {
	if python.In(a[0], s.merchants) {
		return python.Index(s.merchants, a[0])
	}
	return s.refuse(merchantNamed, a[0])
}

func viewOrders(s *Session, a []any) any {
	return s.found(noOrders, func(order any) bool { return python.Equal(python.Index(order, "user_name"), a[0]) })
}

func searchOrders(s *Session, a []any) any {
	return s.found(noOrderFound, func(order any) bool {
		if holds(python.Index(order, "merchant_name"), a[0]) {
			return true
		}
		for _, item := range python.Index(order, "items").([]any) {
			if s.lang == "zh" { // it takes the item for its name
				python.NoAttribute(item, "lower")
			}
			if holds(python.Index(item, "product"), a[0]) {
				return true
			}
		}
		return false
	})
}

func (s *Session) found(nothing sentence, match func(any) bool) any {
	var orders []any
	for _, o := range s.orders {
		if match(o) {
			orders = append(orders, o)
		}
	}
	if orders == nil {
		return s.refuse(nothing)
	}
	return object("status", true, "orders", orders)
}
