package acebench

// A sentence is what a class answers, in both languages, with Go's %[n]s for
// values. It is part of the machine: results are compared with it to the letter.
type sentence struct{ en, zh string }

var (
	wifiOn       = sentence{"Wi-Fi has been turned on", "wifi已经打开"}
	deviceIn     = sentence{"Device has been logged in", "设备已经登录"}
	noSuchUser   = sentence{"User does not exist", "用户不存在"}
	inboxFull    = sentence{"Inbox capacity is full. You need to ask the user which message to delete.", "内存容量不够了，你需要询问user删除哪一条短信。"}
	offline      = sentence{"Wi-Fi is turned off, cannot send messages at this time", "wifi关闭，此时不能发送信息"}
	noPartner    = sentence{"Sender or receiver does not exist", "发送者或接收者不存在"}
	noSender     = sentence{"Sender does not exist", "发送者不存在"}
	noReceiver   = sentence{"Receiver does not exist", "接收者不存在"}
	sent         = sentence{"Message successfully sent to %s.", "短信成功发送给%s。"}
	noMessage    = sentence{"Message ID does not exist", "短信ID不存在"}
	messageGone  = sentence{"Message ID %s has been successfully deleted.", "短信ID %s 已成功删除。"}
	noRecords    = sentence{"No related message records found", "没有找到相关的短信记录"}
	noneWithWord = sentence{"No messages found containing the keyword", "没有找到包含关键词的短信"}
	inboxEmpty   = sentence{"No message records found", "短信记录为空"}
	latest       = sentence{"The latest message ID is %s", "最新的短信ID是 %s"}
	earliest     = sentence{"The earliest message ID is %s", "最早的短信ID是 %s"}

	sendNeedsDevice     = sentence{"Device not logged in, unable to send message", "device未登录，无法发送短信"}
	deleteNeedsDevice   = sentence{"Device not logged in, unable to delete message", "device未登录，无法删除短信"}
	viewNeedsDevice     = sentence{"Device not logged in, unable to view message information", "device未登录，无法查看短信信息"}
	timesNeedDevice     = sentence{"Device not logged in, unable to retrieve all message times and their corresponding message IDs.", "device未登录，获取所有短信的时间以及对应的短信编号。"}
	latestNeedsDevice   = sentence{"Device not logged in, unable to retrieve the latest sent message ID.", "device未登录，无法获取最新发送的短信ID。"}
	earliestNeedsDevice = sentence{"Device not logged in, unable to retrieve the earliest sent message ID.", "device未登录，无法获取最早发送的短信ID"}

	titleNeedsDevice   = sentence{"The device is not logged in, so you cannot view notifications", "device未登录，无法查看提醒"}
	addNeedsDevice     = sentence{"Device not logged in. Unable to add a new reminder.", "device未登录，无法添加一个新的提醒"}
	dropNeedsDevice    = sentence{"Device not logged in. Unable to delete the specified reminder.", "device未登录，无法删除指定的提醒"}
	noTitle            = sentence{"No reminder found with the title '%s'.", "没有找到标题为 '%s' 的提醒"}
	remindersFull      = sentence{"Reminder capacity is full. Unable to add a new reminder.", "提醒容量已满，无法添加新的提醒"}
	reminderAdded      = sentence{"Reminder '%s' was successfully added.", "提醒 '%s' 已成功添加"}
	noReminder         = sentence{"Reminder ID does not exist.", "提醒ID不存在"}
	reminderGone       = sentence{"Reminder ID %s was successfully deleted.", "提醒ID %s 已成功删除"}
	noReminders        = sentence{"No reminders found.", "没有任何提醒"}
	reminderNotified   = sentence{zh: "提醒ID %s 已标记为已通知"}
	noReminderWithWord = sentence{zh: "没有找到包含该关键词的提醒"}

	loginNeedsWifi = sentence{"Wi-Fi is not enabled, unable to login", "wifi未打开，无法登录"}
	wrongPassword  = sentence{"Incorrect password", "密码错误"}
	alreadyIn      = sentence{"%s is already logged in", "%s 已经登录"}
	nowIn          = sentence{"User %s has successfully logged in!", "用户%s登陆成功！"}
	nobodyIn       = sentence{"No users are currently logged in to the food platform", "当前没有登录food platform"}
	notIn          = sentence{"User %s is not logged in to the food platform", "用户 %s 未登录food platform"}
	noMerchant     = sentence{"Merchant does not exist", "商家不存在"}
	badQuantity    = sentence{"Invalid quantity %s for product %s", "无效的数量 %s 对于商品 %s"}
	notOnMenu      = sentence{"Product %s does not exist in %s's menu", "商品 %s 不存在于 %s 的菜单中"}
	tooDear        = sentence{"Insufficient balance to place the order", "余额不足，无法下单"}
	ordered        = sentence{"Food delivery order successfully placed with %s. Total amount: %s yuan", "外卖订单成功下单给 %s，总金额为 %s 元"}
	merchantNamed  = sentence{"Merchant '%s' does not exist", "商家 '%s' 不存在"}
	noOrders       = sentence{"User has no order records", "用户没有订单记录"}
	noOrderFound   = sentence{"No matching orders found", "没有找到匹配的订单"}

	noFlights      = sentence{"There are no direct flights that meet the criteria.", "没有符合条件的直达航班"}
	badLogin       = sentence{"Incorrect username or password.", "用户名或密码不正确"}
	needsID        = sentence{"Please provide a valid reservation ID or user ID", "请提供有效的预订ID或用户ID"}
	noConnection   = sentence{"No connecting flights that meet the criteria were found.", "未找到符合条件的中转航班。"}
	badPayment     = sentence{"Invalid payment method", "支付方式无效"}
	cashShort      = sentence{"Your cash balance is insufficient. Please consider using another payment method.", "cash余额不足，请考虑换一种支付方式"}
	bankShort      = sentence{"Your bank balance is insufficient. Please consider using another payment method.", "bank余额不足，请考虑换一种支付方式"}
	booked         = sentence{"Booking successful. Reservation ID: %s. Total cost: %s yuan (including baggage fees).", "预订成功，预订号：%s，总费用：%s元（包含行李费用）。"}
	notYours       = sentence{"Reservation not found or user ID does not match.", "预订未找到或用户ID不匹配。"}
	flightUnknown  = sentence{"Flight information not found.", "航班信息未找到。"}
	flightChanged  = sentence{"Flight number has been changed.", "航班号已更改。"}
	badNewFlight   = sentence{"Flight change failed: Invalid new flight number or destination does not match.", "航班更改失败：新的航班号无效或目的地不匹配。"}
	cabinPaid      = sentence{"Cabin change successful. Price difference paid: %s.", "舱位更改成功。已支付差价: %s。"}
	cabinTooDear   = sentence{"Insufficient balance to pay the cabin price difference.", "余额不足，无法支付舱位差价。"}
	cabinRefunded  = sentence{"Cabin change successful. Price difference refunded: %s.", "舱位更改成功。已退款差价: %s。"}
	baggagePaid    = sentence{"Baggage has been added. Additional fee to be paid: %s.", "行李已增加。需支付额外费用: %s。"}
	baggageTooDear = sentence{"Insufficient balance to pay the additional baggage fees.", "余额不足，无法支付额外行李费用。"}
	changedFree    = sentence{"Modification completed with no additional fees.", "修改完成，无需额外费用。"}
	badUser        = sentence{"Invalid user ID.", "用户ID无效。"}
	badReservation = sentence{"Invalid reservation ID or it does not belong to the user.", "预订ID无效或与该用户无关。"}
	badFlight      = sentence{"Invalid flight information.", "航班信息无效。"}
	airlineReason  = sentence{"The airline has canceled the flight.", "航空公司取消航班"}
	airlineRefund  = sentence{"The flight has been canceled. Your reservation will be canceled free of charge, and %s yuan has been refunded.", "航班已取消，您的预订将被免费取消，已退款%s元。"}
	earlyRefund    = sentence{"More than 24 hours before departure. Free cancellation successful, %s yuan has been refunded.", "距离出发时间超过24小时，免费取消成功，已退款%s元。"}

	economy  = sentence{"Economy Class", "经济舱"}
	business = sentence{"Business Class", "商务舱"}
)

// What the executor itself answers.
const (
	// turnError is the literal that the executor of dialogues answers with: its
	// authors meant to put the exception's text into it.
	turnError   = "Error during execution: {str(e)}"
	stepError   = "Error during execution: "
	stepNoCall  = "Please do not ask me any questions, use the known conditions to solve the problem"
	unboundText = "cannot access local variable 'func_call_result' where it is not associated with a value"
)
